"""What admins read, what newcomers read, and what is said where something went wrong."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import pytest

from bot.core.audit import Act, AuditPage
from bot.core.channel import ATTRIBUTE_GROUPS, ChannelSettings
from bot.core.library_query import parse
from bot.core.money import Budget
from bot.core.usage import UsageReport
from bot.errors import BudgetSpent, Misread, VisionBusy, VisionDown
from bot.settling import Settled
from bot.slack import Message
from bot.spotter import Status
from handlers import blocks, every_handle
from handlers.kinds import Command
from storage.feedback import Votes
from tests.samples.photos import ADA, CHANNEL, MAX, MIA

AT: Final = datetime(2026, 11, 20, 9, 30)  # noqa: DTZ001  # UTC, as the log has it
USAGE: Final = UsageReport(
    engine="Amazon Rekognition",
    paid=True,
    budget=Budget(25_000_000, daily_share=20),
    today="2026-11-20",
    spent=6_020_000,
    days=(("2026-11-02", 20_000), ("2026-11-19", 5_000_000), ("2026-11-20", 1_000_000)),
    operations=(("detect_text", 6_000, 5_000_000), ("search_users_by_image", 1, 1_000), ("detect_faces", 20, 20_000)),
)
FREE: Final = replace(USAGE, engine="embedded engine", paid=False, spent=0, days=(), operations=())
VOTES: Final = {"text": Votes(41, 2), "labels": Votes(1, 0)}
FULL: Final = ChannelSettings(
    attributes=ATTRIBUTE_GROUPS,
    emotions_confirmed=True,
    face_matching=True,
    digest="day",
    moderation="both",
    moderators="C0CREW001",
)
DONE: Final[tuple[tuple[str, str, str, dict[str, Any]], ...]] = (
    ("settings", CHANNEL, ADA, {"detectors": [], "on": True}),
    ("matching_on", CHANNEL, ADA, {}),
    ("invite", "p-1", ADA, {}),
    ("attest", "p-2", ADA, {}),
    ("search", "", MIA, {}),
    ("admin_add", MAX, ADA, {}),
    ("lose", "p-2", "spotter", {}),
    ("start_list", CHANNEL, "terminal", {}),
    ("forget", "p-3", MIA, {}),
    ("audit_drop", "", "spotter", {}),
)
ACTS: Final = tuple(
    Act(number=number, at=AT, actor=actor, act=act, subject=subject, detail=detail)
    for number, (act, subject, actor, detail) in enumerate(DONE)
)


def misread(typed: str) -> Message:
    """The answer to what cannot be understood."""
    with pytest.raises(Misread) as raised:
        parse(typed)
    return blocks.failure(raised.value)


ASKED: Final = [(one.name, one.usage, one.description) for one in every_handle() if isinstance(one, Command)]
WELCOME: Final[Mapping[str, Message]] = {
    "help": blocks.help_message(ASKED, CHANNEL),
    "introduction": blocks.introduction(CHANNEL),
    "start list": blocks.start_list_offer("F0LIST001", "startlist.csv"),
    "saved": blocks.settings_saved(Settled(channel=CHANNEL, settings=ChannelSettings()), changed=True),
    "paused": blocks.settings_saved(Settled(channel=CHANNEL, settings=ChannelSettings(on=False)), changed=True),
    "settings": blocks.settings_summary(Settled(channel=CHANNEL, settings=ChannelSettings())),
    "settings, full": blocks.settings_summary(Settled(channel=CHANNEL, settings=FULL)),
}
COMMANDS: Final[Mapping[str, Message]] = {
    "channels": blocks.channels_page(((CHANNEL, FULL), ("C0CREW001", ChannelSettings(on=False))) * 5),
    "usage": blocks.usage_message(USAGE, VOTES),
    "usage without price": blocks.usage_message(FREE),
    "audit": blocks.audit_log(
        AuditPage(acts=ACTS, names={"p-1": "Mia Member", "p-2": "Clara Wennick"}, older=5, newer=40)
    ),
    "no audit": blocks.audit_log(AuditPage(acts=())),
    "admins": blocks.admins_list([MIA, MAX]),
    "no admins": blocks.admins_list([]),
    "status": blocks.status_message(
        Status(engine="Amazon Rekognition", settings=FULL, spent=6_020_000, cap=25_000_000), CHANNEL
    ),
}
FAILURES: Final[Mapping[str, Message]] = {
    "misread": misread("dog txt:finish"),
    "misread far on": misread("a dog on the beach with a very red ball after:yesterday"),
    "budget": blocks.failure(BudgetSpent()),
    "busy": blocks.failure(VisionBusy()),
    "down": blocks.failure(VisionDown(after=60)),
}
