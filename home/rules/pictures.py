"""In which sizes and formats pictures are shown: what the templates ask for, made before a reader does."""

FORMATS = ("avif", "webp", "jpeg")
LEAD = (
    *(f"format-{each}|fill-{size}" for each in FORMATS for size in ("480x270", "960x540")),
    "fill-1200x630|format-jpeg",  # for OpenGraph
)
IN_BODY = tuple(f"format-{each}|width-{width}" for each in FORMATS for width in (480, 960))
