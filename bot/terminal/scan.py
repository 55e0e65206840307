"""`spotter scan`: what was typed becomes sources, a price, a progress bar and an index in every form wanted."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TextIO

import click

from bot.core.bib_format import bib_format, cleaned
from bot.core.channel import ChannelSettings
from bot.core.money import dollars, price
from bot.core.share import Looked
from bot.core.start_list import StartList
from bot.errors import AskError, VisionBusy, VisionError
from bot.eyes import Eyes, eyes
from bot.fetch import Fetcher
from bot.scan import Look, Tried, scan
from bot.scan.exports import as_text, write_csv
from bot.scan.folders import BibFolders
from bot.scan.index import Index
from bot.scan.patience import patiently
from bot.scan.sources import check_there, lines_of, sources
from bot.scan.start_lists import is_start_list, read_start_list
from bot.settings import Settings
from bot.terminal import WORKSPACE

_ASK_ABOVE: Final = 100
"""Paid photos above which the price is shown and asked (DESIGN §7)."""
_STOPPED: Final = 130
"""A shell's exit code for a program that Ctrl-C ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed; the names are those of the options."""

    paths: Sequence[str]
    listed_in: TextIO | None
    as_json: bool
    csv_file: str | None
    bibs: Sequence[str]
    start_list: str | None
    mask: str
    into: str | None
    copy: bool
    keywords: bool
    faces: bool
    yes: bool


def run(wanted: Wanted, settings: Settings) -> None:
    """Scan, and print what was found; also what was found until Ctrl-C.

    Raises:
        AskError: A path, the format or the start list cannot be used, options do not go together, or nothing is there.
    """
    fetcher = Fetcher(local=settings.slack_file_hosts)
    every = partial(sources, _given(wanted), fetcher.fetch, leave_out=_leave_out(wanted))
    listed = read_start_list(wanted.start_list) if wanted.start_list else None
    bib_format(wanted.mask)
    index = Index(listed=bool(wanted.start_list), only={cleaned(bib) for bib in wanted.bibs})
    with eyes(settings) as seeing:
        asked = _asked(wanted, paid=seeing.looking.vision.paid)
        count = sum(1 for _ in every()) if seeing.looking.vision.paid or sys.stderr.isatty() else 0
        if seeing.looking.vision.paid:
            _agree(count, asked, yes=wanted.yes)
        tried = scan(every(), _look(seeing, asked, listed), workers=settings.workers)
        stopped = _take_in(index, _shown(tried, count), _folders(wanted, index))
        _print(index, wanted, stopped=stopped)


def _given(wanted: Wanted) -> list[str]:
    if not wanted.into and (wanted.copy or wanted.keywords):
        raise AskError("--copy and --keywords need --into DIR, a folder for the photos by bib.")
    if wanted.csv_file and not Path(wanted.csv_file).absolute().parent.is_dir():
        raise AskError(f"There is no folder for {wanted.csv_file}.")
    check_there(wanted.paths)
    given = [*wanted.paths, *lines_of(wanted.listed_in or ())]
    if not given:
        raise AskError("Name what to scan: files, folders, zip files or links.")
    return given


def _leave_out(wanted: Wanted) -> Callable[[str], bool]:
    """What inside a folder is not to be tried: start lists, and what this very scan writes."""
    ours = [os.path.realpath(path) for path in (wanted.start_list, wanted.into, wanted.csv_file) if path]
    return lambda path: os.path.realpath(path) in ours or is_start_list(path)


def _asked(wanted: Wanted, *, paid: bool) -> ChannelSettings:
    """Rekognition is asked for text alone, unless more is wanted: each detector is a paid call (DESIGN §8)."""
    detectors = ("text", "faces") if wanted.faces or not paid else ("text",)
    return ChannelSettings(detectors=detectors, event_format=wanted.mask)


def _agree(photos: int, asked: ChannelSettings, *, yes: bool) -> None:
    """Show the price of a large paid scan, and ask.

    Raises:
        AskError: Nobody is there to say yes.
        Abort: The person said no.
    """
    if photos <= _ASK_ABOVE:
        return
    cost = photos * sum(price(f"detect_{detector}", {}) for detector in asked.detectors)
    click.echo(f"{photos} photos cost at most {dollars(cost)} with Amazon Rekognition.", err=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise AskError("Say --yes to go on.")
    click.confirm("Go on?", abort=True, err=True)


def _look(seeing: Eyes, asked: ChannelSettings, listed: StartList | None) -> Look:
    def look(data: bytes) -> Looked:
        photo = seeing.gate.open(data)
        return _patiently(lambda: seeing.looking.look(WORKSPACE, photo, asked, listed))

    return look


def _patiently(look: Callable[[], Looked]) -> Looked:
    try:
        return patiently(look)
    except VisionBusy as error:
        raise VisionError("The photo service is too busy. Scan again later: nothing is paid twice.") from error


def _shown(tried: Iterable[Tried], count: int) -> Iterator[Tried]:
    """Pass on what was tried, with a progress bar on standard error where that is a terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=count, label="Looking", file=sys.stderr, show_pos=True, hidden=hidden) as bar:
        for one in tried:
            yield one
            bar.update(1)


def _folders(wanted: Wanted, index: Index) -> BibFolders | None:
    """Where the photos go; made before one is looked at, and paid for.

    Raises:
        AskError: There can be no such folder.
    """
    if not wanted.into:
        return None
    into = Path(wanted.into)
    try:
        into.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AskError(f"I can't make the folder {into}: {error.strerror or error}.") from error
    return BibFolders(into=into, copy=wanted.copy, keywords=wanted.keywords, only=index.only)


def _take_in(index: Index, tried: Iterable[Tried], folders: BibFolders | None) -> bool:
    """Fill the index and the folders; whether Ctrl-C ended it."""
    try:
        for one in tried:
            bibs = index.add(one.source.name, one.looked)
            if folders and not one.looked.refusal:
                _put(folders, one, bibs, index)
    except KeyboardInterrupt:
        return True
    return False


def _put(folders: BibFolders, tried: Tried, bibs: Sequence[str], index: Index) -> None:
    try:
        folders.put(tried, bibs)
    except OSError as error:
        sentence = f"I can't put this photo into {folders.into}: {error.strerror or error}."
        index.add_failure(tried.source.name, sentence)


def _print(index: Index, wanted: Wanted, *, stopped: bool) -> None:
    click.echo(json.dumps(index.as_json(), indent=2) if wanted.as_json else as_text(index))
    if wanted.csv_file:
        _write_csv(index, wanted.csv_file)
    if stopped:
        click.get_current_context().exit(_STOPPED)
    if not index.photos:
        raise AskError("There is nothing to scan.")


def _write_csv(index: Index, path: str) -> None:
    try:
        with Path(path).open("w", newline="", encoding="utf-8", errors="backslashreplace") as file:
            write_csv(index, file)
    except OSError as error:
        raise AskError(f"I can't write {path}: {error.strerror or error}.") from error
