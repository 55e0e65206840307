"""Spotter driven by a Slack server that others wrote."""

from typing import Any

import pytest
from sqlalchemy import func, select

from storage.models import BibRow, FindingRow, ShareRow
from tests.peers.conftest import Peer
from tests.peers.waiting import until
from tests.pictures import bib

pytestmark = pytest.mark.peer


def test_a_photo_is_answered_in_its_thread_and_forgotten_when_it_is_deleted(peer: Peer) -> None:
    uploaded: Any = peer.photographer.files_upload_v2(file=bib("1234"), filename="finish.jpg", channel=peer.channel)
    file = uploaded["file"]["id"]
    told: Any = peer.photographer.files_info(file=file)["file"]
    ts = told["shares"]["public"][peer.channel][0]["ts"]

    [answer] = until(lambda: _answers(peer, ts))

    assert "1234" in str(answer["text"])
    assert answer["blocks"]

    peer.photographer.files_delete(file=file)

    assert until(lambda: not _rows(peer))
    assert until(lambda: not _answers(peer, ts))


def _answers(peer: Peer, ts: str) -> list[dict[str, object]]:
    told: Any = peer.photographer.conversations_replies(channel=peer.channel, ts=ts)["messages"]
    return [message for message in told if message["ts"] != ts]


def _rows(peer: Peer) -> int:
    with peer.storage.engine.connect() as connection:
        counts = (connection.scalar(select(func.count()).select_from(row)) for row in (ShareRow, FindingRow, BibRow))
        return sum(filter(None, counts))
