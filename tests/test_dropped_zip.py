"""What a zip that somebody dropped holds."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.dropped_zip import photos_in
from bot.errors import PhotoError
from tests.zips import zipped

BOMB: Final = bytes(5_000_000)


def locked(data: bytes) -> bytes:
    """The same zip, with the flag of a password on its one file."""
    directory = data.index(b"PK\x01\x02")
    return data[: directory + 8] + b"\x01" + data[directory + 9 :]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (locked(zipped({"a.jpg": b"\xff\xd8"})), "locked with a password"),
        (zipped({"a.jpg": BOMB}, ZIP_DEFLATED), "shrinks too well"),
        (zipped({"../a.jpg": b"\xff\xd8"}), "lead out of it"),
        (zipped({"C:\\a.jpg": b"\xff\xd8"}), "lead out of it"),
        (zipped({}), "no photo"),
        (zipped({".a.jpg": b"\xff\xd8"}), "no photo"),
    ],
    ids=["locked", "bomb", "goes up", "on a drive", "empty", "hidden"],
)
def test_what_is_wrong_with_a_whole_zip_is_said(data: bytes, why: str) -> None:
    with ZipFile(BytesIO(data)) as opened, pytest.raises(PhotoError, match=why):
        photos_in(opened)


def test_a_bad_photo_beside_good_ones_is_tried_so_that_its_reason_is_told() -> None:
    data = zipped({"bomb.jpg": BOMB, "a.jpg": b"\xff\xd8\xff", "a.txt": b"Hello"}, ZIP_DEFLATED)
    with ZipFile(BytesIO(data)) as opened:
        assert [member.filename for member in photos_in(opened)] == ["bomb.jpg", "a.jpg"]
