"""A report in words: what a phone shows as notification and a screen reader says first."""

from collections.abc import Sequence
from typing import Final

from bot.core.plural import photos
from bot.core.report import Line, PhotoReport, Report, Topic, ordered

MOST_BIBS: Final = 20
"""How many numbers are named in one line."""
_LEADING: Final[tuple[Topic, ...]] = ("bibs", "named", "people", "things")
"""Topics that may share the first line, two at a time."""
_ALONE: Final = Line("people", "a person")
"""What says nothing more where somebody is named."""

_LOOKING: Final = {"waiting": "Looking at the photo…", "refused": "I could not look at this photo."}
"""What is said of a photo alone that nobody has said more of."""


def summary(report: Report) -> str:
    """Say the finding of all photos in one line, without a full stop where it is no sentence."""
    done = [photo for photo in report.photos if photo.state == "done"]
    if not done:
        return _not_looked_at(report)
    if len(report.photos) == 1:
        return headline(done[0]) or _nothing(done[0])
    return " · ".join(filter(None, [*_findings(done), _progress(report, done)]))


def _findings(looked_at: Sequence[PhotoReport]) -> tuple[str, str]:
    """Say how many photos may be unsafe, and the numbers of all; without either the finding that matters most."""
    warnings = sum(map(_warns, looked_at))
    unsafe = f"{warnings} of {photos(len(looked_at))} may be unsafe" if warnings else ""
    bibs = list(dict.fromkeys(bib for photo in looked_at for bib in photo.bibs))
    if bibs or unsafe:
        return unsafe, bib_words(bibs) if bibs else ""
    return "", _first_of(looked_at) or "Nothing found"


def _progress(report: Report, done: Sequence[PhotoReport]) -> str:
    if report.waiting:
        return f"{len(done)} of {photos(len(report.photos))} so far"
    return "" if warns(report) else photos(len(done))


def _first_of(photos: Sequence[PhotoReport]) -> str:
    """Say the one finding that matters most, and whether there is more than that."""
    found = dict.fromkeys(line.text for line in ordered([line for photo in photos for line in told(photo)[:1]]))
    first = next(iter(found), "")
    return _sentence(first) + (" and more" if len(found) > 1 else "")


def _not_looked_at(report: Report) -> str:
    if len(report.photos) == 1:
        return report.photos[0].refusal or _LOOKING[report.photos[0].state]
    if report.waiting:
        return f"Looking at {photos(len(report.photos))}…"
    return f"I could not look at these {photos(len(report.photos))}."


def told(photo: PhotoReport) -> tuple[Line, ...]:
    """Give the lines of a photo in their order, each once, with its numbers first."""
    is_named = any(line.topic == "named" for line in photo.lines)
    lines = [line for line in dict.fromkeys(photo.lines) if not (is_named and line == _ALONE)]
    if photo.bibs and all(line.topic != "bibs" for line in lines):
        lines.append(Line("bibs", bib_words(photo.bibs)))
    return ordered(lines)


def headline(photo: PhotoReport) -> str:
    """Say what matters most in a photo: `Bib 1234 · 3 people`; empty where nothing was found."""
    return _sentence(" · ".join(line.text for line in _leads(photo)))


def details(photo: PhotoReport) -> tuple[Line, ...]:
    """Give what the headline leaves out."""
    return told(photo)[len(_leads(photo)) :]


def _leads(photo: PhotoReport) -> tuple[Line, ...]:
    first = told(photo)[:2]
    topics = {line.topic for line in first}
    return first if len(topics) > 1 and topics.issubset(_LEADING) else first[:1]


def _nothing(photo: PhotoReport) -> str:
    """Say that nothing was found, or that little could be asked."""
    return "I could not look at everything in this photo." if photo.failures else "I found nothing in this photo."


def bib_words(bibs: Sequence[str]) -> str:
    """Name bib numbers: `Bib 1234`, `Bibs 77, 1234 and 3 more`."""
    if len(bibs) == 1:
        return f"Bib {bibs[0]}"
    rest = f" and {len(bibs) - MOST_BIBS} more" if len(bibs) > MOST_BIBS else ""
    return f"Bibs {', '.join(bibs[:MOST_BIBS])}{rest}"


def failures(report: Report) -> tuple[str, ...]:
    """Give each failure once; where only some photos met it, with their number."""
    met: dict[str, int] = {}
    for photo in report.photos:
        for failure in dict.fromkeys(photo.failures):
            met[failure] = met.get(failure, 0) + 1
    done = sum(photo.state == "done" for photo in report.photos)
    return tuple(say if number == done else f"{say} ({photos(number)})" for say, number in met.items())


def _warns(photo: PhotoReport) -> bool:
    return any(line.topic == "unsafe" for line in photo.lines)


def warns(report: Report) -> bool:
    """Tell whether anything in the report is unsafe."""
    return any(map(_warns, report.photos))


def _sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
