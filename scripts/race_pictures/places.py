"""The places of the race: each has a backdrop, some have something in front of the people, too."""

import random

from PIL import Image, ImageDraw, ImageFilter

from race_pictures.runners import Race
from race_pictures.scenery import arch, barrier, clock, crowd, landscape, road, sign, trees

SIZE = 1500, 1000
RACE = Race("FERNMOOR HALF 2026", "OAT & OTTER BAKERY", (20, 88, 128))
BLUE, RED, YELLOW = (34, 96, 170), (196, 48, 52), (226, 160, 36)
WHITE, INK = (244, 244, 238), (28, 28, 34)


def start(chance: random.Random) -> Image.Image:
    """Under the arch, the others behind."""
    picture = landscape(SIZE, 420, chance)
    road(picture, 420, -400, 1900, 750)
    crowd(picture, 400, 640, 9, chance)
    arch(picture, 60, (110, 1390), 1000, ("START", "FERNMOOR HALF", "2026"), color=RACE.color)
    return picture


def lake_road(chance: random.Random) -> Image.Image:
    """A road, a lake on the right, a sign."""
    picture = landscape(SIZE, 430, chance)
    ImageDraw.Draw(picture).polygon([(860, 440), (1500, 436), (1500, 620), (1010, 560)], fill=(120, 164, 190))
    trees(picture, 560, 3, 300, random.Random(7))  # noqa: S311  # three trees that hide nobody
    picture = picture.filter(ImageFilter.GaussianBlur(3))
    road(picture, 430, 60, 1240, 760)
    sign(picture, (1230, 500), "5 KM", (YELLOW, INK), lean=8)
    return picture


def woods(chance: random.Random) -> Image.Image:
    """Trunks in the shade, light on the path."""
    picture = landscape(SIZE, 520, chance)
    trees(picture, 600, 26, 420, chance)
    draw = ImageDraw.Draw(picture)
    for x in (60, 230, 760, 1250, 1420):
        wide = chance.randint(26, 52)
        draw.polygon([(x - wide, 760), (x - wide // 2, 0), (x + wide // 2, 0), (x + wide, 760)], fill=(72, 56, 44))
    draw.polygon([(0, 720), (1500, 700), (1500, 1000), (0, 1000)], fill=(98, 116, 66))
    draw.polygon([(180, 1000), (620, 690), (860, 690), (1330, 1000)], fill=(168, 146, 112))
    return picture.filter(ImageFilter.GaussianBlur(5))


def meadow(chance: random.Random) -> Image.Image:
    """Grass behind the water station."""
    picture = landscape(SIZE, 460, chance)
    trees(picture, 520, 5, 330, chance)
    picture = picture.filter(ImageFilter.GaussianBlur(4))
    sign(picture, (745, 110), "WATER", (BLUE, WHITE))
    return picture


def water_table(picture: Image.Image) -> None:
    """A table full of cups, in front of the volunteers."""
    barrier(picture, 800, 200, ("OAT & OTTER BAKERY",), (60, 110, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 780, 1500, 806), fill=(236, 236, 230))
    for y, first in ((716, 60), (742, 82)):
        for x in range(first, 1460, 62):
            _cup(draw, x, y)


def _cup(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    side = (x, y), (x + 40, y), (x + 34, y + 62), (x + 6, y + 62)
    draw.polygon(side, fill=(232, 240, 246), outline=(170, 184, 196))
    draw.ellipse((x, y - 7, x + 40, y + 7), fill=(176, 206, 226), outline=(150, 170, 186))


def stand(chance: random.Random) -> Image.Image:
    """People behind people."""
    picture = landscape(SIZE, 330, chance)
    crowd(picture, 250, 1000, 10, chance)
    sign(picture, (790, 40), "GO CLARA!", (WHITE, RED), lean=-16)
    sign(picture, (1190, 70), "RUN 4 CAKE", (YELLOW, INK), lean=14)
    return picture


def crowd_barrier(picture: Image.Image) -> None:
    """The boards that hold them back."""
    barrier(picture, 780, 220, ("OAT & OTTER BAKERY", "SINCE 1987"), (150, 40, 60))


def finish(chance: random.Random) -> Image.Image:
    """The arch, the clock, the crowd on both sides."""
    picture = landscape(SIZE, 430, chance)
    crowd(picture, 380, 640, 9, chance)
    road(picture, 600, -250, 1750, 750)
    arch(picture, 30, (130, 1370), 720, ("FINISH", "FERNMOOR 2026"), color=RED)
    clock(picture, 1040, 205, "1:33:04")
    return picture


def podium(_: random.Random) -> Image.Image:
    """Three steps before a wall of sponsors."""
    picture = Image.new("RGB", SIZE, (226, 230, 232))
    for row in range(5):
        color = (170, 110, 70) if row % 2 else (70, 120, 150)
        barrier(picture, row * 150 + 20, 110, (RACE.name, RACE.sponsor, RACE.name), color)
    picture = picture.filter(ImageFilter.GaussianBlur(2.4))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 900, 1500, 1000), fill=(92, 96, 104))
    for x, top, place in ((380, 850, "2"), (750, 760, "1"), (1120, 890, "3")):
        draw.rectangle((x - 180, top, x + 180, 1000), fill=(206, 208, 212), outline=(150, 152, 158), width=4)
        draw.text((x, 950), place, fill=(120, 122, 130), font_size=60, anchor="mm")
    return picture
