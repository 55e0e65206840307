"""Many photos in one summary: whose they are, which are the best, which are double, which nobody is in. Pure."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.evidence import Evidence
from bot.core.findings import Face, ImageQuality
from bot.core.share import Looked

LEAST: Final = 10
"""Photos of one message that are summed up rather than told one by one."""
MOST_BEST: Final = 3
SAME_LOOK: Final = 3
"""Bits of 64 in which two likenesses of one picture differ at most: after a resize and a poor JPEG it was 2."""
_COUNT_PEOPLE: Final = frozenset({"detect_faces", "detect_labels"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AlbumPhoto:
    """What an album tells of a photo.

    Attributes:
        name: How people call it.
        permalink: Its page; empty where it has none.
        digest: The identity of its pixels; empty where it could not be looked at.
        likeness: What it looks like; see `bot.core.photo.Photo`.
        bibs: The numbers that are asserted, surest first.
        people: Who is probably in it, and may be named.
        heads: How many people are in it; None where nobody counted.
        sharpness: Of its largest face, or of all of it, 0 to 100; None where nobody measured.
        unsafe: Whether it may be unsafe.
    """

    name: str
    permalink: str = ""
    digest: str = ""
    likeness: str = ""
    bibs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    heads: int | None = None
    sharpness: float | None = None
    unsafe: bool = False


@dataclass(frozen=True, slots=True)
class Album:
    """Photos that are told of together.

    Attributes:
        photos: In the order in which they came.
        failed: How many could not be looked at.
        cost: Of looking at them, in millionths of a dollar.
    """

    photos: tuple[AlbumPhoto, ...] = ()
    failed: int = 0
    cost: int = 0

    @property
    def bibs(self) -> Counter[str]:
        """In how many photos each number is."""
        found = Counter(bib for photo in self.photos for bib in dict.fromkeys(photo.bibs))
        return Counter(dict(sorted(found.items(), key=lambda item: (len(item[0]), item[0]))))

    @property
    def people(self) -> Counter[str]:
        """In how many photos each person is that may be named."""
        return Counter(name for photo in self.photos for name in dict.fromkeys(photo.people))

    @property
    def best(self) -> tuple[AlbumPhoto, ...]:
        """The sharpest photos, of those with people where there are any; each once though it is double."""
        measured = [photo for photo in self.photos if photo.sharpness is not None and not photo.unsafe]
        chosen = [photo for photo in measured if photo.heads] or measured
        once = {photo.digest or photo.name: photo for photo in reversed(chosen)}
        return tuple(sorted(once.values(), key=lambda photo: -(photo.sharpness or 0.0))[:MOST_BEST])

    @property
    def doubles(self) -> tuple[tuple[AlbumPhoto, ...], ...]:
        """Photos that show the very same pixels, in groups."""
        return _groups((photo.digest, photo) for photo in self.photos if photo.digest)

    @property
    def alike(self) -> tuple[tuple[AlbumPhoto, ...], ...]:
        """Photos that look the same, with the same numbers, in groups; those that are double count once."""
        once = {photo.digest: photo for photo in reversed(self.photos) if photo.digest and photo.likeness}
        same: defaultdict[frozenset[str], list[tuple[int, AlbumPhoto]]] = defaultdict(list)
        for photo in reversed(once.values()):
            same[frozenset(photo.bibs)].append((int(photo.likeness, 16), photo))
        return tuple(group for photos in same.values() for group in _near(photos))

    @property
    def deserted(self) -> tuple[AlbumPhoto, ...]:
        """Photos that nobody is in."""
        return tuple(photo for photo in self.photos if photo.heads == 0)

    @property
    def unsafe(self) -> tuple[AlbumPhoto, ...]:
        """Photos that may be unsafe."""
        return tuple(photo for photo in self.photos if photo.unsafe)


def album_of(photos: Sequence[Evidence], failed: int = 0) -> Album:
    """Sum up photos that were shared."""
    return Album(tuple(map(_photo, photos)), failed, sum(photo.cost for photo in photos))


def _photo(photo: Evidence) -> AlbumPhoto:
    counted = any(operation in _COUNT_PEOPLE for operation, _ in photo.asked)
    return AlbumPhoto(
        name=photo.share.name,
        permalink=photo.share.permalink,
        digest=photo.digest,
        likeness=photo.likeness,
        bibs=tuple(bib.number for bib in photo.bibs if bib.asserted),
        people=tuple(face.name for face in photo.faces if face.certainty == "probably" and face.name),
        heads=Looked(found=photo.found).people if counted else None,
        sharpness=_sharpness(photo.of(Face), photo.of(ImageQuality)),
        unsafe=photo.unsafe,
    )


def photo_of(name: str, looked: Looked, *, counted: bool) -> AlbumPhoto:
    """What an album tells of a photo that was just looked at.

    Args:
        name: Its path or link.
        looked: What was found.
        counted: Whether people were looked for.
    """
    faces = [one for one in looked.found.get("faces", ()) if isinstance(one, Face)]
    return AlbumPhoto(
        name=name,
        digest=looked.digest,
        likeness=looked.likeness,
        bibs=tuple(bib.number for bib in looked.bibs if bib.asserted),
        heads=looked.people if counted and not looked.refusal else None,
        sharpness=_sharpness(faces, ()),
        unsafe=any(line.topic == "unsafe" for line in looked.lines),
    )


def _sharpness(faces: Sequence[Face], quality: Sequence[ImageQuality]) -> float | None:
    largest = max(faces, key=lambda face: face.box.area, default=None)
    if largest and largest.sharpness is not None:
        return largest.sharpness
    return quality[0].sharpness if quality else None


def _near(photos: Sequence[tuple[int, AlbumPhoto]]) -> Iterator[tuple[AlbumPhoto, ...]]:
    """Put each photo with those whose likeness, as bits, is near to its own; alone it is no group."""
    left = list(photos)
    while left:
        first = left[0][0]
        near = [photo for bits, photo in left if (first ^ bits).bit_count() <= SAME_LOOK]
        left = [(bits, photo) for bits, photo in left if (first ^ bits).bit_count() > SAME_LOOK]
        if len(near) > 1:
            yield tuple(near)


def _groups(keyed: Iterable[tuple[Hashable, AlbumPhoto]]) -> tuple[tuple[AlbumPhoto, ...], ...]:
    groups: defaultdict[Hashable, list[AlbumPhoto]] = defaultdict(list)
    for key, photo in keyed:
        groups[key].append(photo)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
