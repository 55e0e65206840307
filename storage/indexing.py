"""A share's terms, as the library looks them up."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, insert
from sqlalchemy.orm import Session

from bot.core.photo_terms import terms
from storage.models import PhotoTermRow, ShareRow

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  # a camera's clock knows no zone


def index(session: Session, share: ShareRow, findings: Iterable[Mapping[str, Any]]) -> None:
    """Write a share's terms anew, from its findings as they are stored."""
    mine = PhotoTermRow.workspace == share.workspace, PhotoTermRow.share_id == share.id
    session.execute(delete(PhotoTermRow).where(*mine))
    session.execute(insert(PhotoTermRow), rows(share, findings))


def rows(share: ShareRow | Row[Any], findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A share's terms as the columns of their rows."""
    of_share = {
        "workspace": share.workspace,
        "moment": seconds(share.taken or share.seen_at),
        "share_id": share.id,
        "channel": share.channel,
    }
    return [{**of_share, "term": term} for term in sorted(terms(findings))]


def seconds(moment: datetime) -> int:
    """A moment as terms hold it."""
    return int((moment - _EPOCH).total_seconds())
