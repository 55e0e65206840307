"""Zips: read member by member into memory, within narrow limits; no name in one ever becomes a path (trust §2.2)."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.core.photo import MAX_FILE_BYTES
from bot.errors import DamagedPhoto, PhotoError, TooLarge

MAX_MEMBERS: Final = 200
MAX_RATIO: Final = 20
"""Photos are compressed already; what shrinks more than this is a bomb."""

_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_LONGEST_COMMENT: Final = 65_535
_ZIP64: Final = b"PK\x06\x07"
_ZIP64_BYTES: Final = 20
_DIRECTORY_BYTES: Final = 1024 * 1024
"""The longest directory that is read: 5 KB for each member."""
_ENCRYPTED: Final = 1
_MEGABYTE: Final = 1024 * 1024


def is_zip(path: str) -> bool:
    """Tell by its first bytes; a file that cannot be read is none."""
    file = Path(path)
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            return opened.read(4) in _STARTS
    except OSError:
        return False


def members(path: str) -> Iterator[tuple[str, ZipInfo]]:
    """The files in a zip with their names, but the hidden ones.

    Raises:
        PhotoError: It cannot be opened, or holds more files than Spotter opens.
    """
    try:
        with Path(path).open("rb") as file, open_zip(file) as opened:
            listed = shown(opened)
    except OSError as error:
        raise _damaged() from error
    for member in listed:
        yield member.filename, member


def open_zip(file: BinaryIO) -> ZipFile:
    """Open a zip; threads may read from it at the same time.

    Raises:
        PhotoError: It cannot be opened, or holds more files than Spotter opens.
    """
    try:
        _check_directory(_end_of(file))
        opened = ZipFile(file)
    except (BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise _damaged() from error
    if len(opened.infolist()) > MAX_MEMBERS:
        raise _too_many()
    return opened


def shown(opened: ZipFile) -> list[ZipInfo]:
    """The files in a zip, but the hidden ones."""
    return [member for member in opened.infolist() if not member.is_dir() and not _hidden(member.filename)]


def read_member(path: str, member: ZipInfo) -> bytes:
    """The bytes of one file in a zip at a path; raises what `unpack` raises."""
    with Path(path).open("rb") as file, open_zip(file) as opened:
        return unpack(opened, member)


def unpack(opened: ZipFile, member: ZipInfo, most: int = MAX_FILE_BYTES + 1) -> bytes:
    """The bytes of one file in a zip, or as many of them as are wanted.

    Args:
        opened: The zip.
        member: The file in it.
        most: How many bytes are wanted; one more than a photo may have lets the gate refuse it.

    Raises:
        PhotoError: It is encrypted, a zip itself, or packed in a way that nobody packs photos.
        TooLarge: It is over 25 MB, or shrinks so well that it is no photo.
        DamagedPhoto: It cannot be unpacked.
    """
    if member.flag_bits & _ENCRYPTED:
        raise PhotoError("This file is locked with a password.")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise PhotoError("This file is packed in a way that I don't open.")
    if member.file_size > MAX_FILE_BYTES:
        raise TooLarge(f"This file is too big for me (limit {MAX_FILE_BYTES // _MEGABYTE} MB).")
    if member.file_size > member.compress_size * MAX_RATIO:
        raise TooLarge("This file shrinks too well to be a photo, so I did not unpack it.")
    try:
        with opened.open(member) as file:
            data = file.read(most)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedPhoto from error
    if data.startswith(_STARTS):
        raise PhotoError("I don't open a zip within a zip.")
    return data


def _end_of(file: BinaryIO) -> bytes:
    """The last bytes of a zip, from where its end record may begin."""
    length = file.seek(0, os.SEEK_END)
    file.seek(max(0, length - _END_BYTES - _LONGEST_COMMENT - _ZIP64_BYTES))
    return file.read()


def _check_directory(end: bytes) -> None:
    """Judge the directory by its end record, before anybody reads it whole (APPNOTE 4.3.16; zipfile looks as here)."""
    at = len(end) - _END_BYTES
    if not end.startswith(_END, at) or not end.endswith(b"\0\0"):
        at = end.rfind(_END)
    if at < 0:
        raise BadZipFile
    count, size = struct.unpack_from("<HI", end, at + 10)
    if count > MAX_MEMBERS or size > _DIRECTORY_BYTES or end.startswith(_ZIP64, max(at - _ZIP64_BYTES, 0)):
        raise _too_many()


def _hidden(name: str) -> bool:
    parts = set(name.split("/")) - {".", ".."}
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _damaged() -> PhotoError:
    return PhotoError("This zip file is damaged, so I skipped it.")


def _too_many() -> PhotoError:
    return PhotoError(f"This zip file holds more than {MAX_MEMBERS} files, so I did not open it.")
