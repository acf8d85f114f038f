"""Operations: backups and the room they need."""

from .environment import env

BACKUP_DIR = env("BACKUP_DIR", default="")  # empty: `backups` under VAR_DIR; better another disk
BACKUP_DAILY = env.bool("BACKUP_DAILY", default=False)  # production turns it on
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)
MIN_FREE_BYTES = env.int("MIN_FREE_BYTES", default=200 * 1024 * 1024)  # below it /readyz says no
