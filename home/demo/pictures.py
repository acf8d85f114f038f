"""Illustrations drawn by the demo itself: flat shapes in the colours of the tokens. No photo, no face, no emblem."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 675)
GROUND, LINE, INK, OFFICIAL = "#FBFAF7", "#DEDBD3", "#1D2126", "#A3161A"
OK, DUE, LINK, SUNKEN = "#1B6B4A", "#FFB000", "#0A4F96", "#F3F1EB"


def _person(draw: ImageDraw.ImageDraw, x: int, y: int, colour: str, size: int = 60) -> None:
    draw.rounded_rectangle((x - size, y, x + size, y + 2 * size), size // 2, fill=colour)
    draw.ellipse((x - size // 2, y - size, x + size // 2, y), fill=INK)


def _meeting(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((160, 80, 1040, 300), fill=SUNKEN, outline=LINE, width=4)
    for row in range(3):
        draw.rectangle((220, 130 + row * 50, 220 + (620, 480, 540)[row], 144 + row * 50), fill=LINE)
    draw.rectangle((180, 120, 196, 260), fill=OFFICIAL)
    for number, colour in enumerate((LINK, OK, OFFICIAL, LINK, OK)):
        _person(draw, 240 + number * 180, 400, colour)
    draw.rounded_rectangle((120, 500, 1080, 600), 20, fill="#8A5700")


def _street(draw: ImageDraw.ImageDraw) -> None:
    for number, height in enumerate((240, 320, 200, 280, 360)):
        left = 60 + number * 230
        draw.rectangle((left, 480 - height, left + 180, 480), fill=(SUNKEN, LINE)[number % 2])
        for floor in range(height // 80):
            for window in range(3):
                top = 500 - height + floor * 80
                draw.rectangle((left + 24 + window * 50, top, left + 52 + window * 50, top + 34), fill=LINK)
    draw.rectangle((0, 480, 1200, 675), fill="#5A6068")
    draw.rounded_rectangle((520, 600, 700, 630), 8, fill=INK)
    for x in (820, 960):
        _person(draw, x, 460, OFFICIAL, 40)
        draw.pieslice((x - 100, 330, x + 100, 520), 180, 360, fill=DUE)
    for number in range(26):
        x, y = 40 + number * 45, 40 + (number * 97) % 380
        draw.line((x, y, x - 12, y + 36), fill=LINK, width=4)


def _letter(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((180, 200, 520, 560), 40, fill=OFFICIAL)
    draw.rectangle((250, 290, 450, 312), fill=GROUND)
    draw.rectangle((320, 560, 380, 675), fill=INK)
    for number in range(3):
        left, top = 620 + number * 60, 160 + number * 110
        draw.rectangle((left, top, left + 400, top + 200), fill="#FFFFFF", outline=LINE, width=4)
        for line in range(3):
            draw.rectangle((left + 40, top + 40 + line * 40, left + 300 - line * 40, top + 50 + line * 40), fill=LINE)


def _pavilion(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 540, 1200, 675), fill="#E9F3ED")
    draw.polygon([(360, 250), (690, 110), (1020, 250)], fill=OFFICIAL)
    for x in (430, 930):
        draw.rectangle((x, 250, x + 30, 560), fill="#8A5700")
    for number, colour in enumerate((LINK, OK, DUE)):
        _person(draw, 560 + number * 140, 430, colour, 48)
    draw.rectangle((140, 380, 180, 580), fill="#8A5700")
    draw.ellipse((40, 160, 290, 420), fill=OK)


MOTIFS = {"meeting": _meeting, "street": _street, "letter": _letter, "pavilion": _pavilion}
TITLES = {
    "meeting": "示意画：议事会议",
    "street": "示意画：雨天的街道",
    "letter": "示意画：信箱和便条",
    "pavilion": "示意画：凉亭",
}
# what must stay in view when the picture is cropped: centre and size
FOCUS = {"meeting": (600, 420, 900, 300), "street": (840, 480, 500, 300), "letter": (520, 340, 760, 440),
         "pavilion": (690, 380, 700, 400)}  # fmt: skip


def drawn(motif: str) -> bytes:
    """A PNG of about 10 kB."""
    picture = Image.new("RGB", SIZE, GROUND)
    MOTIFS[motif](ImageDraw.Draw(picture))
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
