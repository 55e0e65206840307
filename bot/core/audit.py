"""The audit log's chain: a row that is changed or taken out is seen; pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that was done.

    Attributes:
        number: Its place in the workspace's log, from 1.
        at: When, in UTC, without a zone.
        actor: Who did it: a Slack user's id, or `spotter`.
        act: What: `search`, `enrol`, `forget`, `export`, `settings`, …
        subject: To whom or what: a person's id, a channel's id; empty for the workspace.
        detail: More, as JSON has it; never a secret, a name or a photo's content.
        hash: SHA-256 over this act and the hash of the one before it.
    """

    number: int
    at: datetime
    actor: str
    act: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    hash: str = ""


def chained(act: Act, before: str) -> str:
    """The hash that an act has after one whose hash is `before`; the first one follows an empty hash."""
    told = {**asdict(act), "at": act.at.isoformat(), "hash": before}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def first_broken(acts: Iterable[Act]) -> int | None:
    """The number of the first act that does not follow the one before it; None where the chain is whole.

    Args:
        acts: All acts of a workspace, oldest first.
    """
    before = ""
    for number, act in enumerate(acts, start=1):
        if act.number != number or act.hash != chained(act, before):
            return number
        before = act.hash
    return None
