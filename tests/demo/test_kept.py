"""A workspace kept in a folder goes on where it ended."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from bot.demo.kept import kept
from bot.demo.records import Upload
from bot.demo.server import LocalSlack

PHOTO = Upload("runner.jpg", b"bytes")


def test_a_workspace_that_was_kept_goes_on_where_it_ended(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with LocalSlack() as slack, kept(slack.workspace, folder) as known:
        message = slack.drop(slack.member.id, slack.race.id, [PHOTO, Upload("gone.jpg", b"gone")], "Look")
        slack.say(slack.other.id, slack.race.id, "A reply", message.ts)
        slack.delete_file(slack.member.id, message.files[1])
    assert not known

    with LocalSlack() as again, kept(again.workspace, folder) as known:
        [root] = again.messages(again.race.id)
        assert known
        assert (root.text, root.files, again.workspace.files[root.files[0]].data) == (
            "Look",
            message.files[:1],
            PHOTO.data,
        )
        assert [reply.text for reply in again.replies(root)] == ["A reply"]
        assert again.workspace.new_id("F") not in again.workspace.files
    assert sorted(path.name for path in folder.iterdir()) == [message.files[0], "workspace.json"]


def test_a_workspace_is_written_while_it_changes(tmp_path: Path) -> None:
    with LocalSlack() as slack, kept(slack.workspace, tmp_path):
        slack.say(slack.member.id, slack.race.id, "Once")
        _until((tmp_path / "workspace.json").exists)
        written = json.loads((tmp_path / "workspace.json").read_text())

    assert [row["text"] for row in written["messages"]] == ["Once"]


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)  # a file gives no sign when it appears
