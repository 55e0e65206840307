"""What is asked for, in the words that people type and the payloads that Slack sends."""

from collections.abc import Mapping
from typing import Any, cast

import pytest

from bot.core.share import Drop
from bot.errors import AskError
from bot.spotter import Spotter
from handlers import look, mention, spotter
from handlers.kinds import Ask


class Noting:
    """Stands in for the bot at its port: notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def ask(self, drop: Drop) -> None:
        """Look for somebody."""
        self.asked.append(drop)

    def photo_of_link(self, workspace: str, file: str, user: str) -> Drop:
        """Find a photo."""
        self.asked.append(file)
        return Drop(workspace=workspace, channel="C1", file=file, user="", at="1.0", asked_by=user)

    def newest_photo(self, workspace: str, channel: str, user: str) -> None:
        """Find none."""
        self.asked.append((workspace, channel, user))

    def look_privately(self, workspace: str, user: str, channel: str, file: str) -> None:
        """Look for one person."""
        self.asked.append((workspace, user, channel, file))

    def mention(self, workspace: str, channel: str, user: str, *, thread: str, ts: str, bib: str) -> None:
        """Answer a mention."""
        self.asked.append((workspace, channel, user, thread, ts, bib))


@pytest.fixture
def bot() -> Noting:
    """The bot, as the handlers see it."""
    return Noting()


def said(bot: Noting) -> Spotter:
    """The same, by the name of its port."""
    return cast("Spotter", bot)


@pytest.mark.parametrize(
    "link",
    [
        "https://harbour.slack.com/files/U0MEMBER1/F0123456789/finish.jpg",
        "<https://harbour.slack.com/files/U0MEMBER1/F0123456789/finish.jpg>",
        "<https://harbour.slack.com/files/U0MEMBER1/F0123456789/finish.jpg|finish.jpg>",
        "https://harbour.slack.com/files/W0MEMBER1/F0123456789",
        "https://files.slack.com/files-pri/T0TEAM001-F0123456789/finish.jpg",
        "https://files.slack.com/files-pri/T0TEAM001-F0123456789/download/finish.jpg",
        "please https://harbour.slack.com/files/U0MEMBER1/F0123456789/finish.jpg thanks",
    ],
)
def test_a_photos_link_is_understood_however_slack_writes_it(bot: Noting, link: str) -> None:
    look.look(Ask(workspace="T1", user="U1", channel="C1", text=link), said(bot))

    assert bot.asked[0] == "F0123456789"


@pytest.mark.parametrize(
    "text", ["that one", "https://example.com/a.jpg", "F0123456789", "https://harbour.slack.com/archives/C1/p1"]
)
def test_what_is_no_photos_link_gets_the_usage(bot: Noting, text: str) -> None:
    with pytest.raises(AskError, match=r"Usage: /spotter look"):
        look.look(Ask(workspace="T1", user="U1", channel="C1", text=text), said(bot))

    assert bot.asked == []


@pytest.mark.parametrize("text", ["look", "LOOK", "  look  "])
def test_the_first_word_is_taken_in_any_case(bot: Noting, text: str) -> None:
    shown: list[Mapping[str, Any]] = []

    spotter.COMMAND.answer(Ask(workspace="T1", user="U1", channel="C1", text=text, show=shown.append), said(bot))

    assert bot.asked == [("T1", "C1", "U1")]
    assert shown[0]["callback_id"] == "look"


def test_every_photo_of_a_message_is_looked_at_and_nothing_else(bot: Noting) -> None:
    files = [
        {"id": "F1", "mimetype": "image/jpeg"},
        {"id": "F2", "mimetype": "application/pdf"},
        {"id": "F3", "mimetype": "video/mp4"},
        {"id": "F4", "mode": "file_access", "file_access": "check_file_info"},
    ]
    message = {"ts": "5.0", "user": "U2", "files": files}

    look.look_at_message(Ask(workspace="T1", user="U1", channel="C1", message=message), said(bot))

    assert bot.asked == [
        Drop(workspace="T1", channel="C1", file=file, user="U2", at="5.0", asked_by="U1") for file in ("F1", "F3", "F4")
    ]


def test_the_modals_picture_is_looked_at_for_the_channel_that_was_asked_in(bot: Noting) -> None:
    state = {"picture": {"picture": {"type": "file_input", "files": [{"id": "F1"}]}}}

    look.look_at_picture(Ask(workspace="T1", user="U1", private="C1", state=state), said(bot))

    assert bot.asked == [("T1", "U1", "C1", "F1")]


def test_a_mention_outside_a_thread_is_answered_below_itself(bot: Noting) -> None:
    mention.keep("T1", {"channel": "C1", "user": "U1", "ts": "5.0"}, said(bot))
    mention.keep("T1", {"channel": "C1", "user": "U1", "ts": "6.0", "thread_ts": "5.0"}, said(bot))

    assert bot.asked == [("T1", "C1", "U1", "5.0", "5.0", ""), ("T1", "C1", "U1", "5.0", "6.0", "")]


def test_a_mention_that_brings_files_is_left_to_them(bot: Noting) -> None:
    mention.keep("T1", {"channel": "C1", "ts": "5.0", "files": [{"id": "F1"}]}, said(bot))

    assert bot.asked == []
