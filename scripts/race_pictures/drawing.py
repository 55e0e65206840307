"""Soft shapes: every outline is shaded as if the light came from the upper left."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from PIL import Image, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Color = tuple[int, int, int]


def shade(layer: Image.Image, mask: Image.Image, color: Color, depth: float) -> None:
    """Paint `mask` on `layer` in one colour, lighter on the upper left; `depth` is how round it looks, in pixels."""
    outline = mask.getbbox()
    if outline is None:
        return
    area = mask.crop(outline)
    wide = Image.new("L", (area.width + 4 * int(depth), area.height + 4 * int(depth)))
    wide.paste(area, (round(2.7 * depth), round(2.7 * depth)))
    lit = 2 * int(depth), 2 * int(depth), 2 * int(depth) + area.width, 2 * int(depth) + area.height
    light = wide.filter(ImageFilter.GaussianBlur(depth)).crop(lit)
    bands = [light.point([round(value * (0.56 + 0.44 * step / 255)) for step in range(256)]) for value in color]
    layer.paste(Image.merge("RGB", bands), outline[:2], area)


def polygon(layer: Image.Image, points: Sequence[Point], color: Color, depth: float = 12) -> None:
    """Paint a shape with rounded corners."""
    mask = Image.new("L", layer.size)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    round_by = max(1, depth / 3)
    mask = mask.filter(ImageFilter.GaussianBlur(round_by)).point([0] * 128 + [255] * 128)
    shade(layer, mask, color, depth)


def oval(layer: Image.Image, center: Point, size: tuple[float, float], color: Color, depth: float = 8) -> None:
    """Paint an ellipse."""
    mask = Image.new("L", layer.size)
    (x, y), (width, height) = center, size
    ImageDraw.Draw(mask).ellipse((x - width / 2, y - height / 2, x + width / 2, y + height / 2), fill=255)
    shade(layer, mask, color, depth)


def limb(layer: Image.Image, joints: Sequence[tuple[Point, float]], color: Color) -> None:
    """Paint an arm or a leg through its joints, each with its radius."""
    mask = Image.new("L", layer.size)
    draw = ImageDraw.Draw(mask)
    for (start, first), (end, last) in pairwise(joints):
        steps = max(2, int(hypot(end[0] - start[0], end[1] - start[1]) / 2))
        for step in range(steps + 1):
            part = step / steps
            x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
            radius = first + (last - first) * part
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    shade(layer, mask, color, joints[0][1] * 0.7)


def gradient(size: tuple[int, int], top: Color, bottom: Color) -> Image.Image:
    """A sky, a road, a wall: one colour running into another downwards."""
    ramp = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)


def lettering(text: str, height: int, color: Color, *, bold: float = 0.06) -> Image.Image:
    """Text in Pillow's own font, cut to its outline; `height` is of the font, `bold` the stroke's share of it."""
    font = ImageFont.load_default(height)
    stroke = round(height * bold)
    left, top, right, bottom = font.getbbox(text, stroke_width=stroke)
    image = Image.new("RGBA", (int(right - left) + 2, int(bottom - top) + 2))
    ImageDraw.Draw(image).text((-left + 1, -top + 1), text, font=font, fill=color, stroke_width=stroke)
    return image


def warped(image: Image.Image, corners: Sequence[Point], size: tuple[int, int]) -> Image.Image:
    """Put a picture into four corners (upper left, upper right, lower right, lower left) of an empty one of `size`."""
    width, height = image.size
    edge = [(0, 0), (width, 0), (width, height), (0, height)]
    return image.transform(size, Image.Transform.PERSPECTIVE, _perspective(corners, edge), Image.Resampling.BICUBIC)


def _perspective(seen: Sequence[Point], flat: Sequence[Point]) -> list[float]:
    """The eight numbers that lead from a point that is seen to the point of the flat picture that is shown there."""
    rows = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u])
        rows.append([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v])
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[float]:
    """Solve linear equations by Gauss and Jordan; the last number of a row is its right side."""
    for column in range(len(rows)):
        pivot = max(range(column, len(rows)), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row, values in enumerate(rows):
            if row != column:
                rows[row] = [a - values[column] * b for a, b in zip(values, rows[column], strict=True)]
    return [row[-1] for row in rows]
