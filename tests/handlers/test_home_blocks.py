"""App Home is a page that Slack takes, whoever looks and whatever is in it; everybody sees what is theirs alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import pytest

from bot.core.audit import Act
from bot.core.channel import ChannelSettings
from bot.core.dead_letter import DeadLetter
from bot.core.money import Budget
from bot.core.people import Person
from bot.core.share import Share
from bot.core.sightings import Page, Sighting
from bot.core.usage import UsageReport
from bot.core.workload import MOST_COUNTED, Workload
from bot.demo.blockkit import problems
from bot.home import HomePage, Office
from bot.slack import Message
from handlers import blocks
from tests.handlers.found import HOSTILE

ME: Final = "U0MEMBER1"
MOMENT = datetime(2027, 5, 3, 12, 30)  # noqa: DTZ001  # UTC, as it is stored
PERSON = Person(
    id="p-1", user=ME, name="Mia Member", state="enrolled", find_me=True, show_name=True, photos=3, expires_at=MOMENT
)
SIGHTING = Sighting(
    share=Share(channel="C0123ABCD", ts="1.2", file="F0123ABCDE", name=HOSTILE, format="jpg"), moment=MOMENT
)
ACT = Act(number=1, at=MOMENT, actor="U0ADMIN01", act="search", detail={"channel": "C0123ABCD"})
LETTER = DeadLetter(
    job="look:T1-C1",
    kind="look",
    payload={"workspace": "T1", "channel": "C0123ABCD"},
    error=HOSTILE,
    at=1_800_000_000.0,
)
OFFICE = Office(
    channels=(),
    usage=UsageReport(engine="embedded engine", paid=False, budget=Budget(25_000_000), today="2026-11-20", spent=0),
    people=0,
    workload=Workload(),
    letters=(),
    given_up=0,
    database="sqlite",
)
BUSY = Office(
    channels=tuple((f"C0{number:07}", ChannelSettings(face_matching=True)) for number in range(300)),
    usage=replace(
        OFFICE.usage,
        engine=HOSTILE,
        paid=True,
        days=tuple((f"2026-11-{day:02}", 24_999_999_999) for day in range(1, 31)),
        operations=tuple((f"operation_{number}", 10**6, 10**9) for number in range(12)),
    ),
    people=2_000,
    workload=Workload(jobs=MOST_COUNTED, waited=90_000.0, processes=12),
    letters=(LETTER, replace(LETTER, kind=HOSTILE)) * 2 + (replace(LETTER, payload={}),),
    given_up=400,
    database="postgresql",
)
FULL = HomePage(
    user=ME,
    person=PERSON,
    watches=tuple(f"{number:0>8}" for number in range(50)),
    photos=Page((SIGHTING,) * 3, 40),
    acts=(ACT,) * 5,
    office=BUSY,
)
NEW = HomePage(user=ME)
ANSWER = Message("Done", tuple(blocks.plain("Done").blocks) * 50)
PAGES: Mapping[str, Message] = {
    "member": blocks.home(NEW),
    "guest": blocks.home(HomePage(user=ME, guest=True)),
    "known": blocks.home(replace(FULL, office=None)),
    "known, without photos": blocks.home(HomePage(user=ME, person=replace(PERSON, photos=0, show_name=False))),
    "new admin": blocks.home(replace(NEW, office=OFFICE)),
    "busy admin": blocks.home(FULL),
    "busy admin with an answer": blocks.home(FULL, ANSWER, "channels"),
    "answer of a part that is gone": blocks.home(NEW, ANSWER, "photos"),
    "failure": blocks.sentence("I don't know."),
}


@pytest.mark.parametrize("name", PAGES)
def test_slack_takes_every_page_and_nothing_in_it_pings(name: str) -> None:
    page = PAGES[name]

    assert problems({"type": "home", "blocks": list(page.blocks)}, "home") == []
    assert "<!" not in str(page.blocks)


def test_a_stranger_to_faces_reads_what_it_means_before_anything_else() -> None:
    assert actions(NEW) == ["help", "home_consent"]


def test_a_guest_is_offered_nothing_about_faces() -> None:
    assert actions(HomePage(user=ME, guest=True)) == ["help"]


def test_whoever_is_known_has_a_switch_for_each_thing_they_agreed_to() -> None:
    known = actions(HomePage(user=ME, person=PERSON, watches=("1234",)))

    assert known == [
        "help",
        "faces_forget",
        "faces_show_name",
        "consent_renew",
        "faces_add",
        "find_me_offer",
        "faces_export",
        "home_unwatch",
    ]


def test_members_see_nothing_of_what_admins_look_after() -> None:
    admins = {"settings", "home_channels", "home_people", "home_again"}

    assert admins <= set(actions(FULL))
    assert not admins & set(actions(replace(FULL, office=None)))


def test_an_answer_stands_at_the_end_of_the_part_that_was_asked_in() -> None:
    page = blocks.home(FULL, blocks.plain("I watch bib 12 no more."), "watches")

    there = [one["text"]["text"] for one in page.blocks if one["block_id"].startswith("watches-") and "text" in one]
    assert there[-1] == "I watch bib 12 no more."


def test_a_page_of_channels_is_turned_in_both_directions() -> None:
    page = blocks.channels_page(BUSY.channels, 8)

    turns = [one["value"] for one in page.blocks[-1]["elements"]]
    assert turns == ["0", "16"]
    assert page.blocks[0]["accessory"]["value"] == "C00000008"


@pytest.mark.parametrize(
    ("workload", "said"),
    [
        (Workload(), "Nothing waits to be done."),
        (Workload(jobs=1, waited=9.0), "1 job is not done yet; the oldest came 9 s ago."),
        (Workload(jobs=214, waited=180.0), "214 jobs are not done yet; the oldest came 3 min ago."),
        (Workload(jobs=1_000, waited=9_000.0), "1,000 or more jobs are not done yet; the oldest came 2.5 h ago."),
    ],
)
def test_how_much_there_is_to_do(workload: Workload, said: str) -> None:
    page = blocks.home(replace(NEW, office=replace(OFFICE, workload=workload)))

    [health] = [one for one in page.blocks if one["block_id"] == "health-1"]
    assert health["text"]["text"].splitlines()[0] == said


def actions(page: HomePage) -> list[str]:
    """What can be pressed on a page, from the top."""
    found: list[dict[str, Any]] = []
    for block in blocks.home(page).blocks:
        found += [one for one in (block.get("accessory"), *block.get("elements", ())) if one and "action_id" in one]
    return [one["action_id"] for one in found]
