"""Draws people: an invented head on a drawn body, with or without a bib."""

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from race_pictures.drawing import Color, Point, lettering, limb, oval, polygon, shade, warped
from race_pictures.heads import CHIN, Head

WHITE = (246, 246, 242)
INK = (24, 24, 30)

Joints = tuple[tuple[float, float, float], ...]
"""x, y and radius of each joint, in heads from the base of the neck; y goes down."""

ARMS: dict[str, tuple[Joints, Joints]] = {
    "run": (
        ((-0.70, 0.22, 0.17), (-1.02, 1.05, 0.13), (-0.66, 0.66, 0.11), (-0.62, 0.60, 0.13)),
        ((0.70, 0.22, 0.17), (1.08, 1.00, 0.13), (0.98, 1.55, 0.10), (0.96, 1.66, 0.13)),
    ),
    "stand": (
        ((-0.70, 0.22, 0.17), (-0.90, 1.20, 0.13), (-0.86, 2.00, 0.10), (-0.85, 2.12, 0.13)),
        ((0.70, 0.22, 0.17), (0.90, 1.20, 0.13), (0.86, 2.00, 0.10), (0.85, 2.12, 0.13)),
    ),
    "cheer": (
        ((-0.70, 0.20, 0.17), (-1.22, -0.35, 0.13), (-1.05, -1.25, 0.10), (-1.03, -1.38, 0.14)),
        ((0.70, 0.20, 0.17), (1.22, -0.35, 0.13), (1.12, -1.25, 0.10), (1.10, -1.38, 0.14)),
    ),
    "wave": (
        ((-0.70, 0.20, 0.17), (-1.20, -0.20, 0.13), (-1.12, -1.05, 0.10), (-1.10, -1.18, 0.14)),
        ((0.70, 0.22, 0.17), (0.92, 1.20, 0.13), (0.55, 1.60, 0.10), (0.48, 1.62, 0.13)),
    ),
}
LEGS: dict[str, tuple[Joints, Joints]] = {
    "run": (
        ((-0.30, 2.15, 0.30), (-0.36, 3.45, 0.20), (-0.30, 4.70, 0.12)),
        ((0.30, 2.15, 0.30), (0.40, 3.30, 0.21), (0.46, 3.85, 0.15)),
    ),
    "stand": (
        ((-0.29, 2.15, 0.30), (-0.33, 3.45, 0.19), (-0.35, 4.80, 0.12)),
        ((0.29, 2.15, 0.30), (0.33, 3.45, 0.19), (0.35, 4.80, 0.12)),
    ),
}
TORSO: tuple[Point, ...] = (
    (-0.34, -0.02), (-0.16, 0.22), (0.0, 0.28), (0.16, 0.22), (0.34, -0.02), (0.74, 0.10), (0.78, 0.34), (0.62, 0.70),
    (0.55, 1.50), (0.60, 2.10), (-0.60, 2.10), (-0.55, 1.50), (-0.62, 0.70), (-0.78, 0.34), (-0.74, 0.10),
)  # fmt: skip
PANEL: tuple[Point, ...] = (0.64, 0.72), (0.53, 0.95), (0.50, 1.6), (0.53, 2.08), (0.59, 2.08), (0.55, 1.5)
SHORTS: tuple[Point, ...] = (
    (-0.58, 1.98), (0.58, 1.98), (0.68, 2.95), (0.06, 2.98), (0.0, 2.55), (-0.06, 2.98), (-0.68, 2.95),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Race:
    """What is printed on a bib beside the number."""

    name: str
    sponsor: str
    color: Color


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a picture.

    Attributes:
        head: The invented head.
        x: The middle of the body, in pixels.
        y: The base of the neck, in pixels.
        size: The height of the head in pixels; a figure is about six of them tall.
        shirt: The colour of the shirt.
        bib: The number; empty for none.
        arms: `run`, `stand`, `cheer` or `wave`.
        legs: `run` or `stand`.
        cap: The colour of a cap, or none.
        shorts: The colour of the shorts.
        tilt: The lean of the body in degrees.
        skew: The turn of the bib in degrees.
        mirror: Whether the head looks the other way.
        medal: Whether there is a medal.
    """

    head: Head
    x: int
    y: int
    size: int
    shirt: Color
    bib: str = ""
    arms: str = "run"
    legs: str = "run"
    cap: Color | None = None
    shorts: Color = (34, 38, 52)
    tilt: float = 0
    skew: float = 0
    mirror: bool = False
    medal: bool = False


def draw_person(picture: Image.Image, person: Person, race: Race) -> None:
    """Paint one person over a picture, drawn at twice the size and shrunk, so that edges are soft."""
    unit = person.size * 2
    layer = Image.new("RGBA", (unit * 4, unit * 7))
    figure = _Figure(layer, unit, person)
    figure.draw(race)
    shrunk = layer.rotate(person.tilt, Image.Resampling.BICUBIC, center=figure.at(0, 0)).resize(
        (layer.width // 2, layer.height // 2), Image.Resampling.LANCZOS
    )
    left, top = person.x - shrunk.width // 2, person.y - round(figure.at(0, 0)[1] / 2)
    _ground_shadow(picture, person)
    picture.paste(shrunk, (left, top), shrunk)


def _ground_shadow(picture: Image.Image, person: Person) -> None:
    shadow = Image.new("L", picture.size)
    middle, down = person.x, person.y + round(4.95 * person.size)
    width, height = person.size * 1.1, person.size * 0.16
    ImageDraw.Draw(shadow).ellipse((middle - width, down - height, middle + width, down + height), fill=150)
    picture.paste(INK, mask=shadow.filter(ImageFilter.GaussianBlur(person.size / 10)))


@dataclass(frozen=True, slots=True)
class _Figure:
    layer: Image.Image
    unit: int
    person: Person

    def at(self, x: float, y: float) -> Point:
        return self.layer.width / 2 + x * self.unit, (1.75 + y) * self.unit

    def draw(self, race: Race) -> None:
        behind, ahead = ARMS[self.person.arms]
        self._legs()
        self._arm(ahead)
        self._neck()
        self._head()
        polygon(self.layer, [self.at(*point) for point in TORSO], self.person.shirt, self.unit * 0.13)
        self._panels()
        if self.person.bib:
            self._bib(race)
        if self.person.medal:
            self._medal()
        self._arm(behind)

    def _arm(self, joints: Joints) -> None:
        self._limb(joints, self.person.head.skin)
        sleeve = joints[0], tuple(a + (b - a) * 0.3 for a, b in zip(joints[0], joints[1], strict=True))
        self._limb(tuple((x, y, radius * 1.1) for x, y, radius in sleeve), self.person.shirt)

    def _limb(self, joints: Joints, color: Color) -> None:
        limb(self.layer, [(self.at(x, y), radius * self.unit) for x, y, radius in joints], color)

    def _legs(self) -> None:
        for joints in reversed(LEGS[self.person.legs]):
            self._limb(joints, self.person.head.skin)
            x, y, radius = joints[-1]
            oval(self.layer, self.at(x, y + 0.14), (self.unit * 0.38, self.unit * 0.34), WHITE, self.unit * 0.05)
            oval(self.layer, self.at(x, y + 0.20), (self.unit * 0.42, self.unit * 0.22), self.person.shirt, radius * 40)
        polygon(self.layer, [self.at(*point) for point in SHORTS], self.person.shorts, self.unit * 0.1)

    def _neck(self) -> None:
        self._limb(((0, -0.35, 0.24), (0, 0.12, 0.27)), self.person.head.skin)

    def _head(self) -> None:
        side = round(self.unit * 1.42)
        head = self.person.head.image.resize((side, side), Image.Resampling.LANCZOS)
        if self.person.mirror:
            head = head.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        x, y = self.at(0, -0.16)
        place = round(x - side / 2), round(y - side * CHIN)
        self.layer.alpha_composite(ImageEnhance.Brightness(head).enhance(1.06), place)
        if self.person.cap:
            self._cap(self.person.cap)

    def _cap(self, color: Color) -> None:
        crown = Image.new("L", self.layer.size)
        left, top = self.at(-0.49, -1.36)
        right, bottom = self.at(0.49, -0.38)
        ImageDraw.Draw(crown).pieslice((left, top, right, bottom), 180, 360, fill=255)
        shade(self.layer, crown, color, self.unit * 0.1)
        oval(self.layer, self.at(0, -0.86), (self.unit, self.unit * 0.15), _darker(color), self.unit * 0.04)

    def _panels(self) -> None:
        """The darker sides of a running shirt."""
        for side in (-1, 1):
            points = [self.at(side * x, y) for x, y in PANEL]
            polygon(self.layer, points, _darker(self.person.shirt), 4)

    def _medal(self) -> None:
        draw = ImageDraw.Draw(self.layer)
        for side in (-0.26, 0.26):
            draw.line((self.at(side, 0.05), self.at(0, 0.62)), fill=(180, 30, 50), width=round(self.unit * 0.07))
        oval(self.layer, self.at(0, 0.70), (self.unit * 0.26, self.unit * 0.26), (230, 180, 50), self.unit * 0.05)

    def _bib(self, race: Race) -> None:
        lean = self.person.skew * 0.0175
        top = 0.86 if self.person.medal else 0.72
        edge = (-0.49, 0.0), (0.49, 0.0), (0.47 + lean * 0.3, 0.74), (-0.47, 0.76)
        corners = [self.at(x, top + y + x * lean) for x, y in edge]
        self.layer.alpha_composite(warped(print_bib(self.person.bib, race), corners, self.layer.size))


def print_bib(number: str, race: Race) -> Image.Image:
    """A bib as it comes from the printer: race, number, sponsor, four holes with pins."""
    bib = Image.new("RGBA", (520, 400), WHITE)
    draw = ImageDraw.Draw(bib)
    draw.rectangle((0, 0, 520, 84), fill=race.color)
    draw.rectangle((0, 342, 520, 400), fill=(226, 226, 220))
    _center(bib, lettering(race.name, 44, WHITE, bold=0.02), 42)
    digits = lettering(number, 200, INK, bold=0.05)
    digits.thumbnail((440, 190))
    _center(bib, digits, 213)
    _center(bib, lettering(race.sponsor, 32, (70, 70, 80), bold=0.01), 371)
    for x, y in ((26, 26), (494, 26), (26, 374), (494, 374)):
        draw.ellipse((x - 9, y - 9, x + 9, y + 9), fill=(90, 90, 96))
        draw.line((x - 16, y + 5, x + 16, y - 5), fill=(205, 205, 210), width=5)
    return _creased(bib)


def _center(bib: Image.Image, text: Image.Image, y: int) -> None:
    bib.alpha_composite(text, ((bib.width - text.width) // 2, y - text.height // 2))


def _creased(bib: Image.Image) -> Image.Image:
    """Paper that has been folded and worn: a light ramp and two soft creases."""
    shadow = Image.linear_gradient("L").rotate(90).resize(bib.size).point(lambda value: value // 5)
    draw = ImageDraw.Draw(shadow)
    for x in (170, 372):
        draw.line((x, 0, x - 14, bib.height), fill=70, width=6)
    bib.paste((60, 60, 80), mask=shadow.filter(ImageFilter.GaussianBlur(7)))
    return bib


def _darker(color: Color) -> Color:
    return color[0] * 2 // 3, color[1] * 2 // 3, color[2] * 2 // 3
