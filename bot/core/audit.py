"""The audit log's chain: a row that is changed or taken out is seen; pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that was done.

    Attributes:
        number: Its place in the workspace's log, from 1.
        at: When, in UTC, without a zone.
        actor: Who did it: a Slack user's id, `terminal`, or `spotter`.
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


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain: an act's number and hash; 0 and empty before the first one."""

    number: int = 0
    hash: str = ""


START: Final = Mark()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Some acts of the log, newest first.

    Attributes:
        acts: The acts.
        names: The names of those people among their subjects who are still known, by their ids.
        older: The number of the oldest act here, where there are older ones; else 0.
        newer: The number before which the page of newer ones begins, where there are any; else 0.
    """

    acts: tuple[Act, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    older: int = 0
    newer: int = 0


def chained(act: Act, before: str) -> str:
    """The hash that an act has after one whose hash is `before`; the first one follows an empty hash."""
    told = {**asdict(act), "at": act.at.isoformat(), "hash": before}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def first_broken(acts: Iterable[Act], begin: Mark, end: Mark) -> int | None:
    """The number of the first act that does not follow the one before it; None where the chain is whole.

    Args:
        acts: All acts of a workspace that are kept, oldest first.
        begin: The newest act that was deleted for its age.
        end: The newest act of all, as whoever writes has it: so that it is seen where the last ones are missing.
    """
    last = begin
    for act in acts:
        if act.number != last.number + 1 or act.hash != chained(act, last.hash):
            return last.number + 1
        last = Mark(act.number, act.hash)
    if last == end:
        return None
    return last.number if last.number == end.number else min(last.number, end.number) + 1
