import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections

from portal.operations.registry import periodic_jobs
from portal.operations.services.periodic import run_due_jobs


class Command(BaseCommand):
    help = "Run the periodic jobs that are due: one cron line, or --loop SECONDS as a service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", type=float, metavar="SECONDS", help="repeat until SIGTERM")
        parser.add_argument("--only", default="", metavar="NAME", help="this job alone")
        parser.add_argument("--force", action="store_true", help="also what is not due yet")
        parser.add_argument("--list", action="store_true", help="name the registered jobs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for job in periodic_jobs.values():
                self.stdout.write(f"{job.name}：每 {job.every} 一次")
            return
        if options["only"] and options["only"] not in periodic_jobs:
            raise CommandError(f"没有叫 {options['only']} 的定时任务，现有：{'、'.join(periodic_jobs)}")
        if options["loop"] is None:
            self._once(options)
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())  # the job at work is finished first
        while not stop.is_set():
            try:
                self._once(options)
            except DatabaseError as error:
                self.stderr.write(f"数据库没有应答（{type(error).__name__}），稍后再试。")
            close_old_connections()
            stop.wait(options["loop"])

    def _once(self, options: dict[str, Any]) -> None:
        for line in run_due_jobs(only=options["only"], force=options["force"]):
            self.stdout.write(line)
            self.stdout.flush()
