"""The jobs that have to do with people, told to the job engine."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from bot.gate import Gate
from bot.jobs import Jobs
from bot.people.enrolment_photos import EnrolmentPhotos
from bot.people.erasing import Erasing
from bot.people.expiring import Expiring
from bot.people.parts import PeopleParts
from bot.people.who_is import WhoIs
from bot.slack import Slack
from bot.telling import Telling
from storage import Storage

EXPIRE_SECONDS: Final = 6 * 3600.0
"""Leavers are forgotten within a day (DESIGN §6)."""

log = logging.getLogger(__name__)


def register(
    jobs: Jobs,
    people: PeopleParts,
    *,
    storage: Storage,
    gate: Gate,
    slack_of: Callable[[str], Slack],
    telling: Telling,
) -> None:
    """Say what each kind of job does."""
    photos = EnrolmentPhotos(
        storage=storage,
        gate=gate,
        learning=people.learning,
        traces=people.traces,
        offer=people.finding_me.offer,
        slack_of=slack_of,
        telling=telling,
    )
    erasing = Erasing(
        storage=storage,
        traces=people.traces,
        forgetting=people.forgetting,
        slack_of=slack_of,
        submit=jobs.submit,
        telling=telling,
    )
    expiring = Expiring(
        storage=storage,
        traces=people.traces,
        forgetting=people.forgetting,
        erasing=erasing,
        slack_of=slack_of,
        telling=telling,
    )
    who_is = WhoIs(storage=storage, search=people.search, slack_of=slack_of, telling=telling)
    jobs.register("who_is", who_is.answer, who_is.give_up)
    jobs.register("find_me", partial(people.finding_me.run, telling), partial(people.finding_me.give_up, telling))
    jobs.register("compare", partial(people.comparing.run, telling), partial(people.comparing.give_up, telling))
    jobs.register("enrol_photos", photos.take, photos.give_up)
    jobs.register("erase", erasing.erase, _left_to_expire)
    jobs.register("forget_enrolment", erasing.forget_photo, _left_to_expire)
    jobs.register("expire", expiring.expire, _left_to_expire)


def _left_to_expire(job: str, _payload: Mapping[str, Any], _error: Exception) -> None:
    """The next look at what ends goes on where this broke off."""
    log.warning("%s is left to the next look", job)
