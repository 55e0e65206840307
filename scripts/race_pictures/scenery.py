"""Draws what is behind the people: sky, hills, trees, roads, crowds, arches, clocks, and the grain of the film."""

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from race_pictures.drawing import Color, gradient, lettering, polygon, warped

SKY = (126, 172, 214), (226, 236, 240)
GRASS = (96, 138, 70), (120, 156, 84)
ASPHALT = (118, 118, 122), (78, 78, 84)
LEAVES = (52, 98, 52), (74, 122, 58), (40, 82, 50), (98, 136, 62)
CLOTHES = (180, 60, 60), (60, 90, 150), (220, 190, 80), (90, 140, 100), (230, 230, 226), (70, 60, 90), (210, 120, 60)
SKIN = (226, 186, 160), (192, 140, 108), (140, 94, 66), (238, 204, 182)
HAIR = (50, 36, 28), (96, 66, 40), (170, 130, 80), (30, 28, 32)
AMBER = (255, 176, 40)
BOARD = (22, 22, 26)


def landscape(size: tuple[int, int], horizon: int, chance: random.Random) -> Image.Image:
    """Sky, two ranges of hills, a line of trees and grass; out of focus."""
    picture = gradient(size, *SKY)
    for color, base, rough in (((150, 172, 178), horizon - 60, 50), ((116, 146, 122), horizon - 20, 36)):
        edge = [(x, base - chance.randint(0, rough)) for x in range(0, size[0] + 150, 150)]
        ImageDraw.Draw(picture).polygon([*edge, (size[0], horizon + 20), (0, horizon + 20)], fill=color)
    picture.paste(gradient((size[0], size[1] - horizon), *GRASS), (0, horizon))
    trees(picture, horizon + 12, 34, 70, chance)
    return picture.filter(ImageFilter.GaussianBlur(4))


def trees(picture: Image.Image, foot: int, count: int, height: int, chance: random.Random) -> None:
    """A row of leafy trees whose trunks stand on one line."""
    draw = ImageDraw.Draw(picture)
    for _ in range(count):
        x, tall = chance.randint(-40, picture.width + 40), round(height * chance.uniform(0.7, 1.6))
        draw.rectangle((x - tall // 16, foot - tall // 2, x + tall // 16, foot), fill=(84, 66, 50))
        for _ in range(90):
            dx, dy, radius = chance.gauss(0, tall / 5), chance.gauss(-tall * 0.72, tall / 6), tall / 15
            leaf = x + dx - radius, foot + dy - radius, x + dx + radius, foot + dy + radius
            draw.ellipse(leaf, fill=chance.choice(LEAVES))


def road(picture: Image.Image, horizon: int, left: int, right: int, vanishing: int) -> None:
    """A road from the lower edge to a point on the horizon, with a white line on both sides."""
    mask = Image.new("L", picture.size)
    far = 46
    ImageDraw.Draw(mask).polygon(
        [(left, picture.height), (vanishing - far, horizon), (vanishing + far, horizon), (right, picture.height)],
        fill=255,
    )
    picture.paste(gradient(picture.size, *ASPHALT), mask=mask.filter(ImageFilter.GaussianBlur(2)))
    draw = ImageDraw.Draw(picture)
    for near, far_x in ((left + 60, vanishing - far + 3), (right - 60, vanishing + far - 3)):
        draw.polygon(
            [(near - 12, picture.height), (far_x - 1, horizon), (far_x + 1, horizon), (near + 12, picture.height)],
            fill=(214, 214, 208),
        )


def crowd(picture: Image.Image, top: int, bottom: int, blur: float, chance: random.Random) -> None:
    """Rows of people too far out of focus to have faces."""
    strip = picture.crop((0, top - 60, picture.width, bottom))
    draw = ImageDraw.Draw(strip)
    for row in range(60, strip.height, 52):
        for x in range(-20, strip.width, 50):
            middle, size = x + chance.randint(-10, 10), 15 + row // 24
            shoulders = middle - size * 1.3, row + size, middle + size * 1.3, row + size * 6
            face = middle - size * 0.8, row - size * 0.5, middle + size * 0.8, row + size * 1.3
            draw.rounded_rectangle(shoulders, size, fill=chance.choice(CLOTHES))
            draw.ellipse((middle - size, row - size, middle + size, row + size * 1.2), fill=chance.choice(HAIR))
            draw.ellipse(face, fill=chance.choice(SKIN))
    picture.paste(strip.filter(ImageFilter.GaussianBlur(blur)), (0, top - 60))


def barrier(picture: Image.Image, top: int, height: int, texts: Sequence[str], color: Color) -> None:
    """A row of advertising boards across the picture."""
    wide = picture.width // len(texts)
    dim = color[0] * 3 // 4, color[1] * 3 // 4, color[2] * 3 // 4
    for number, text in enumerate(texts):
        panel = gradient((wide - 8, height), color, dim).convert("RGBA")
        words = lettering(text, height // 2, (240, 240, 236), bold=0.02)
        words.thumbnail((wide - 60, height))
        panel.alpha_composite(words, ((panel.width - words.width) // 2, (height - words.height) // 2))
        picture.paste(panel.convert("RGB").filter(ImageFilter.GaussianBlur(1.2)), (number * wide + 4, top))


def arch(
    picture: Image.Image, top: int, legs: tuple[int, int], foot: int, words: Sequence[str], *, color: Color
) -> None:
    """An inflated arch over the road, with words on its beam."""
    left, right = legs
    thick, high = 84, 150
    for x in (left, right):
        polygon(
            picture,
            [(x - thick / 2, top), (x + thick / 2, top), (x + thick / 2, foot), (x - thick / 2, foot)],
            color,
            20,
        )
    beam = [(left - 50, top), (right + 50, top), (right + 50, top + high), (left - 50, top + high)]
    polygon(picture, beam, color, 26)
    share = (right - left) // len(words)
    for number, word in enumerate(words):
        text = lettering(word, 76, (246, 246, 242), bold=0.03)
        text.thumbnail((share - 60, 96))
        place = left + share * number + (share - text.width) // 2, top + (high - text.height) // 2
        picture.paste(text, place, text)


def clock(picture: Image.Image, left: int, top: int, time: str) -> None:
    """A race clock with amber digits."""
    digits = lettering(time, 74, AMBER, bold=0.02)
    box = left, top, left + digits.width + 60, top + digits.height + 50
    ImageDraw.Draw(picture).rounded_rectangle(box, 12, fill=BOARD, outline=(70, 70, 76), width=6)
    glow = Image.new("RGBA", picture.size)
    glow.alpha_composite(digits, (left + 30, top + 25))
    for layer in (glow.filter(ImageFilter.GaussianBlur(5)), glow):
        picture.paste(layer, (0, 0), layer)


def sign(picture: Image.Image, place: tuple[int, int], text: str, paint: tuple[Color, Color], lean: int = 0) -> None:
    """A board on a pole, held up or stuck into the ground; `paint` is its colour and that of its words."""
    x, y = place
    words = lettering(text, 56, paint[1], bold=0.04)
    width, height = words.width + 50, words.height + 44
    ImageDraw.Draw(picture).line((x, y + height // 2, x + lean // 2, y + height + 170), fill=(120, 96, 70), width=12)
    board = Image.new("RGBA", (width, height), paint[0])
    board.alpha_composite(words, (25, 22))
    corners = [
        (x - width / 2, y - lean / 2),
        (x + width / 2, y + lean / 2),
        (x + width / 2, y + height + lean / 2),
        (x - width / 2, y + height - lean / 2),
    ]
    placed = warped(board, corners, picture.size)
    picture.paste(placed, (0, 0), placed)


def film(picture: Image.Image, chance: random.Random) -> Image.Image:
    """A lens and a sensor: a little soft, darker in the corners, grainy, warm."""
    soft = picture.filter(ImageFilter.GaussianBlur(0.8))
    corners = (
        ImageChops.invert(Image.radial_gradient("L")).resize(soft.size).point(lambda value: min(255, 205 + value // 2))
    )
    dimmed = ImageChops.multiply(soft, Image.merge("RGB", [corners] * 3))
    grain = Image.frombytes("L", soft.size, chance.randbytes(soft.width * soft.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.9)).point(lambda value: round(128 + (value - 128) * 0.13))
    grainy = ImageChops.add(dimmed, Image.merge("RGB", [grain] * 3), offset=-128)
    return ImageChops.multiply(grainy, Image.new("RGB", soft.size, (255, 250, 240)))
