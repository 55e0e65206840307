"""A zip in Slack: fetched into a file without a name, which is gone when we are; its photos are read into memory."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from tempfile import TemporaryFile
from typing import Final
from zipfile import ZipFile, ZipInfo

from bot.errors import PhotoError
from bot.gate.signatures import kind_of
from bot.scan.archive import open_zip, shown, unpack
from bot.scan.sources import Source, fail
from bot.slack import Slack, SlackFile

MOST_BYTES: Final = 250 * 1024 * 1024
"""How big a zip in Slack may be."""

_START: Final = 1024
"""Bytes that tell a photo from what is none."""


@contextmanager
def fetched(slack: Slack, file: SlackFile) -> Iterator[ZipFile]:
    """Fetch a zip, and open it for as long as it is needed.

    Raises:
        PhotoError: It is gone, too big, damaged, or holds more files than Spotter opens.
        SlackBusy: Slack did not answer.
    """
    with TemporaryFile() as data:
        slack.download_into(file, data, MOST_BYTES)
        with open_zip(data) as opened:
            yield opened


def photos_in(opened: ZipFile) -> list[ZipInfo]:
    """The photos in a zip, by their first bytes, and what can't be unpacked: each of that has its reason told later.

    Raises:
        PhotoError: There is no photo, or a name leads out of the zip; the sentence says so.
    """
    members = shown(opened)
    if any(_leads_out(member.filename) for member in members):
        raise PhotoError("Names in this zip file lead out of it, so I did not unpack it.")
    starts = [(member, _start_of(opened, member)) for member in members]
    if not any(isinstance(start, bytes) and kind_of(start) for _, start in starts):
        raise next(
            (start for _, start in starts if not isinstance(start, bytes)),
            PhotoError("There is no photo in this zip file that I can look at."),
        )
    return [member for member, start in starts if not isinstance(start, bytes) or kind_of(start)]


@contextmanager
def sources_of(slack: Slack, file: str) -> Iterator[list[Source]]:
    """What is to be tried of a zip in Slack; one that is gone, or no zip any more, fails when it is read."""
    with ExitStack() as stack:
        yield _sources(stack, slack, file)


def _sources(stack: ExitStack, slack: Slack, file: str) -> list[Source]:
    try:
        opened = stack.enter_context(fetched(slack, slack.file(file)))
        return [Source(member.filename, partial(unpack, opened, member)) for member in photos_in(opened)]
    except PhotoError as error:
        return [Source("The zip file", partial(fail, error))]


def _start_of(opened: ZipFile, member: ZipInfo) -> bytes | PhotoError:
    try:
        return unpack(opened, member, _START)
    except PhotoError as error:
        return error


def _leads_out(name: str) -> bool:
    """Whether a name is absolute, on a drive, or goes up; nobody packs photos so."""
    return name.startswith(("/", "\\")) or name[1:3] in (":/", ":\\") or ".." in name.replace("\\", "/").split("/")
