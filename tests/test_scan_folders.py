"""Facts about the names that photos get in the folders by bib."""

from pathlib import Path

import pytest

from bot.core.share import Looked
from bot.scan import Tried
from bot.scan.folders import BibFolders
from bot.scan.sources import Source


def put(into: Path, name: str, data: bytes = b"photo", bib: str = "7") -> None:
    """Put a photo that came from a link or a zip."""
    BibFolders(into=into).put(Tried(Source(name, lambda: data), Looked(), data), [bib])


def names(into: Path) -> list[str]:
    """Every file there, from `into` on."""
    return sorted(str(path.relative_to(into)) for path in into.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("https://race.test/day%201/a.jpg?size=full#part", "a.jpg"),
        ("https://race.test/..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://race.test/", "photo"),
        ("https://race.test/%00%1b.jpg", "__.jpg"),
        ("more.zip/../..", "photo"),
        ("more.zip/day\\..\\a.jpg", "a.jpg"),
        ("more.zip/.hidden", "hidden"),
        ("more.zip/a:b*c?.jpg", "a_b_c_.jpg"),
        ("more.zip/Zoë.jpg", "Zoë.jpg"),
        ("more.zip/" + "a" * 300 + ".jpg", "a" * 110 + ".jpg"),
    ],
)
def test_a_photo_gets_a_name_that_every_disk_takes(tmp_path: Path, source: str, name: str) -> None:
    put(tmp_path, source)
    assert names(tmp_path) == [f"7/{name}"]


def test_a_bib_never_becomes_another_folder(tmp_path: Path) -> None:
    put(tmp_path / "out", "a.jpg", bib="../../7")
    assert names(tmp_path) == ["out/_.._7/a.jpg"]


def test_photos_of_one_name_are_numbered_and_the_same_photo_is_not_put_twice(tmp_path: Path) -> None:
    for data in (b"first", b"second", b"first", b"third", b"second"):
        put(tmp_path, "https://race.test/a.jpg", data)
    assert names(tmp_path) == ["7/a (2).jpg", "7/a (3).jpg", "7/a.jpg"]
    assert (tmp_path / "7/a.jpg").read_bytes() == b"first"


def test_a_photo_that_vanished_leaves_nothing_behind(tmp_path: Path) -> None:
    gone = Source("gone.jpg", lambda: b"", path=str(tmp_path / "gone.jpg"))
    with pytest.raises(FileNotFoundError):
        BibFolders(into=tmp_path / "out", copy=True).put(Tried(gone, Looked()), ["7"])
    assert names(tmp_path) == []
