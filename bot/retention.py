"""What is kept for how long: once a day, what is older is deleted (facts: trust §4)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.core.consent import utc_now
from storage import Storage, Work

RETAIN_SECONDS: Final = 86_400.0
_AT_ONCE: Final = 50
"""Photos that are forgotten in one transaction: others write meanwhile."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long things are kept.

    Attributes:
        photos: What was found in photos, and start lists of channels without photos; the answers in Slack stay.
        consents: The ledger's lines on a consent, from its end on; they hold no name by then.
        audit: The audit log.
        records: What was spent, what was told once, and where answers stand.
    """

    photos: timedelta
    consents: timedelta
    audit: timedelta
    records: timedelta


class Retention:
    """Deletes what is older than its term.

    Args:
        storage: The memory.
        terms: How long things are kept.
        now: The moment, in UTC, without a zone.
    """

    def __init__(self, storage: Storage, terms: Terms, now: Callable[[], datetime] = utc_now) -> None:
        self._storage = storage
        self._terms = terms
        self._now = now

    def retain(self, _job: str, payload: Mapping[str, Any]) -> None:
        """Delete all of a workspace whose time is over: a job, which may be run again at any time."""
        workspace, now = payload["workspace"], self._now()
        photos = self._forget_photos(workspace, now - self._terms.photos)
        with self._storage.begin(workspace) as work:
            self._forget_start_lists(work, now - self._terms.photos)
            work.ageing.answers(now - self._terms.photos)
            work.ageing.records(now - self._terms.records)
            work.ageing.leftovers(now)
            work.consents.drop_ended(now - self._terms.consents)
        with self._storage.begin(workspace) as work:
            if photos:
                work.audit.note("spotter", "retain", "", {"photos": photos})
            work.audit.drop(now - self._terms.audit)

    def _forget_photos(self, workspace: str, before: datetime) -> int:
        with self._storage.begin(workspace) as work:
            old = work.ageing.old_photos(before)
        for start in range(0, len(old), _AT_ONCE):
            with self._storage.begin(workspace) as work:
                work.ageing.forget(old[start : start + _AT_ONCE])
        log.info("forgot what was found in %d photos of %s", len(old), workspace)
        return len(old)

    def _forget_start_lists(self, work: Work, before: datetime) -> None:
        for channel in work.ageing.start_lists(before):
            work.channels.settle(channel, replace(work.channels.settings(channel), start_list=""), by="spotter")
