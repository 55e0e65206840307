"""What a file is, where it was shared, and which are the newest."""

import pytest

from bot.demo.records import Upload
from bot.demo.server import LocalSlack
from bot.errors import PhotoGone
from bot.slack import Slack
from tests.slack.files import BYTES, dropped, told_by_slack


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jpg", "photo"), ("a.heic", "photo"), ("a.mp4", "video"), ("a.pdf", "other"), ("a", "other")],
)
def test_a_files_kind_is_told_by_slacks_type(slack: LocalSlack, door: Slack, name: str, kind: str) -> None:
    [file] = dropped(slack, Upload(name, BYTES)).files

    assert door.file(file).kind == kind


def test_a_file_has_its_name_and_its_page(slack: LocalSlack, door: Slack) -> None:
    [file] = dropped(slack).files

    told = door.file(file)

    assert told.name == "runner.jpg"
    assert told.permalink.endswith(f"/{file}/runner.jpg")


def test_the_share_is_the_one_that_the_event_speaks_of(slack: LocalSlack, door: Slack) -> None:
    first = dropped(slack)
    again = slack.reshare(slack.other.id, first.files[0], slack.race.id)

    shares = [door.file(first.files[0]).share(slack.race.id, "", message.ts) for message in (first, again)]

    assert [(share.ts, share.user) for share in shares if share] == [
        (first.ts, slack.member.id),
        (again.ts, slack.other.id),
    ]


def test_a_share_in_a_thread_is_answered_under_the_threads_first_message(slack: LocalSlack, door: Slack) -> None:
    root = slack.say(slack.other.id, slack.race.id, "Photos?")
    message = dropped(slack, thread_ts=root.ts)

    share = door.file(message.files[0]).share(slack.race.id, "", message.ts)

    assert share
    assert (share.ts, share.thread) == (message.ts, root.ts)


def test_where_a_file_was_not_shared_there_is_no_share(slack: LocalSlack, door: Slack) -> None:
    told = door.file(dropped(slack).files[0])

    assert told.share(slack.crew.id, "", "1.0") is None
    assert told.newest(slack.crew.id) == ""


def test_a_share_that_comes_late_is_awaited(slack: LocalSlack, door: Slack) -> None:
    slack.workspace.late = 0.8
    message = dropped(slack)
    assert door.file(message.files[0]).shares == {}

    told = door.shared_file(message.files[0], message.channel)

    assert told.kind == "photo"
    assert told.newest(message.channel) == message.ts


def test_a_deleted_file_is_gone(slack: LocalSlack, door: Slack) -> None:
    [file] = dropped(slack).files
    slack.delete_file(slack.member.id, file)

    with pytest.raises(PhotoGone):
        door.file(file)


def test_a_file_of_a_channel_that_we_are_not_in_is_gone(slack: LocalSlack, door: Slack) -> None:
    message = dropped(slack, channel=slack.crew.id)
    slack.kick(slack.crew.id)

    with pytest.raises(PhotoGone):
        door.file(message.files[0])


@pytest.mark.parametrize("mode", ["tombstone", "hidden_by_limit"])
def test_a_file_of_which_only_the_shell_is_left_is_gone(mode: str) -> None:
    with pytest.raises(PhotoGone):
        told_by_slack({"id": "F0000000001", "mode": mode})


def test_the_newest_photos_come_page_by_page_until_there_are_no_more(slack: LocalSlack, door: Slack) -> None:
    messages = [dropped(slack) for _ in range(5)]

    newest = [file.id for file in door.newest_photos(slack.race.id, count=2)]

    assert newest == [message.files[0] for message in reversed(messages)]
    assert len(slack.calls_of("files.list")) == 3
