"""App Home, for members and admins."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.core.channel import ChannelSettings
from bot.core.dead_letter import DeadLetter
from bot.core.sightings import Page
from bot.core.workload import Workload
from bot.home import HomePage, Office
from bot.slack import Message
from handlers import blocks
from tests.samples.admins import FREE, FULL, USAGE
from tests.samples.people import ACTS, MAX_MEMBER, MIA_MEMBER
from tests.samples.photos import ADA, CHANNEL, MIA, sighting

NEW: Final = HomePage(user=MIA)
KNOWN: Final = HomePage(
    user=MIA,
    person=MIA_MEMBER,
    watches=("1207", "34"),
    photos=Page((sighting(2), sighting(4)), 12),
    acts=ACTS[:5],
)
LETTER: Final = DeadLetter(
    job="look:T1-C1",
    kind="look",
    payload={"workspace": "T1", "channel": CHANNEL},
    error="The photo service is busy; I tried for a while and gave up.",
    at=1_779_000_000.0,
)
EMPTY: Final = Office(channels=(), usage=FREE, people=0, workload=Workload(), letters=(), given_up=0, database="sqlite")
BUSY: Final = Office(
    channels=((CHANNEL, FULL), ("C0CREW001", ChannelSettings(on=False)), ("C0CONN001", ChannelSettings())),
    usage=USAGE,
    people=1,
    workload=Workload(jobs=214, waited=180.0, processes=2),
    letters=(LETTER, replace(LETTER, kind="who_is", payload={})),
    given_up=3,
    database="postgresql",
)
HOMES: Final[Mapping[str, Message]] = {
    "new member": blocks.home(NEW),
    "guest": blocks.home(replace(NEW, guest=True)),
    "known member": blocks.home(KNOWN),
    "without photos": blocks.home(HomePage(user=MIA, person=MAX_MEMBER, watches=("1207",))),
    "new admin": blocks.home(HomePage(user=ADA, office=EMPTY)),
    "busy admin": blocks.home(replace(KNOWN, office=BUSY)),
}
