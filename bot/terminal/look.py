"""`spotter analyse` and `spotter whois`: what and who is in photos, one after the other, in the workspace `local`."""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from bot.core.analysis import as_text, faces_as_text, faces_json, to_json
from bot.core.channel import ChannelSettings
from bot.core.consent import utc_now
from bot.core.people import FaceMatch, as_read, recognisable
from bot.core.share import Looked
from bot.eyes import Eyes, eyes
from bot.fetch import Fetcher
from bot.people.face_search import Asked
from bot.scan import scan
from bot.scan.sources import check_there, sources
from bot.settings import Settings
from bot.terminal import OPERATOR, WORKSPACE, Say

Told = tuple[str, Looked, Sequence[FaceMatch]]
"""A photo by the path or link that was given, what was found in it, and its faces as the operator may read them."""


def analyse(paths: Sequence[str], settings: Settings, say: Say, *, as_json: bool) -> None:
    """Tell all that is in photos.

    Raises:
        AskError: A path is not there.
    """
    for told in _told(paths, settings, ChannelSettings(image_properties=True)):
        say(json.dumps(to_json(*told)) if as_json else as_text(*told))


def whois(paths: Sequence[str], settings: Settings, say: Say, *, as_json: bool) -> None:
    """Tell who is in photos.

    Raises:
        AskError: A path is not there.
    """
    for told in _told(paths, settings, ChannelSettings(detectors=("faces",))):
        say(json.dumps(faces_json(*told)) if as_json else faces_as_text(*told))


def _told(paths: Sequence[str], settings: Settings, wanted: ChannelSettings) -> Iterator[Told]:
    check_there(paths)
    files = sources(paths, Fetcher(local=settings.slack_file_hosts).fetch)
    with eyes(settings) as seeing:
        with seeing.storage.begin(WORKSPACE) as work:
            people = recognisable(work.people.everybody(), utc_now())
        for tried in scan(files, partial(_look, seeing, wanted), workers=settings.workers):
            yield tried.source.name, tried.looked, as_read(tried.looked.faces, people, OPERATOR)


def _look(seeing: Eyes, wanted: ChannelSettings, data: bytes) -> Looked:
    photo = seeing.gate.open(data)
    looked = seeing.looking.look(WORKSPACE, photo, wanted)
    return seeing.people.search.face_search.look(WORKSPACE, photo, looked, Asked(by=OPERATOR))
