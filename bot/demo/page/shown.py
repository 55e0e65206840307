"""What one person sees of the workspace, as the page takes it."""

from collections.abc import Sequence
from typing import Any

from bot.demo.records import Change, Channel, File, Json, Message, Status, User, View
from bot.demo.workspace import Workspace

SHOWN_AS_PICTURE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"})
"""What a browser draws; any other file is a card with its name."""


def everything(workspace: Workspace, me: str, samples: Sequence[str]) -> Json:
    """Write all that a person sees now; `samples` are the names of files that the page offers."""
    with workspace.changed:
        workspace.direct_messages(me)
        home = workspace.homes.get(me)
        return {
            "me": me,
            "team": workspace.app.team_name,
            "site": workspace.app.home,
            "app": workspace.app.bot_user_id,
            "people": [person(user) for user in workspace.users.values()],
            "channels": [channel(each, me) for each in workspace.channels.values() if _knows(each, me)],
            "messages": [message(workspace, each) for each in _readable(workspace, me)],
            "whispers": [message(workspace, each) for each in workspace.ephemerals if each.only_for == me],
            "views": [view(each) for each in workspace.views.values() if each.user == me and each.is_open],
            "home": view(home) if home else None,
            "statuses": [status(each) for each in _lasting(workspace, me)],
            "commands": workspace.commands,
            "shortcuts": workspace.shortcuts,
            "samples": list(samples),
        }


def change(workspace: Workspace, me: str, happened: Change) -> Json | None:
    """Write what has changed for this person; None where they see nothing of it."""
    what = happened.what
    match what:
        case Message() if happened.kind in ("message", "edit", "ephemeral", "delete") and sees(workspace, me, what):
            told: Json = {"channel": what.channel, "ts": what.ts}
            return {"kind": "gone", **told} if happened.kind == "delete" else _said(workspace, what)
        case Status() if me in workspace.channels[what.channel].members:
            return {"kind": "status", "status": status(what)}
        case View() if what.user == me:
            return {"kind": happened.kind, "view": view(what)}
        case Channel() if _knows(what, me):
            return {"kind": "channel", "channel": channel(what, me)}
    return None


def sees(workspace: Workspace, me: str, what: Message) -> bool:
    """Tell whether a message is for this person."""
    return what.only_for == me if what.only_for else me in workspace.channels[what.channel].members


def may_open(workspace: Workspace, me: str, file: File) -> bool:
    """Tell whether a person may open a file: their own, or one that is shared where they are."""
    if file.is_deleted or file.external_url:
        return False
    return file.user == me or any(me in workspace.channels[place].members for place, _ in file.shares)


def person(user: User) -> Json:
    """Write a person, with the one word that says what they may do."""
    return {"id": user.id, "name": user.name, "real_name": user.real_name, "role": role(user)}


def role(user: User) -> str:
    """Say what somebody is in this workspace."""
    roles = {
        "left": user.deleted,
        "app": user.is_bot,
        "other company": user.is_stranger,
        "guest": user.is_restricted,
        "admin": user.is_admin or user.is_owner,
    }
    return next((name for name, is_so in roles.items() if is_so), "member")


def channel(place: Channel, me: str) -> Json:
    """Write a conversation."""
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "shared": place.is_ext_shared,
        "archived": place.is_archived,
        "joined": me in place.members,
        "members": sorted(place.members),
    }


def message(workspace: Workspace, written: Message) -> Json:
    """Write a message."""
    return {
        "channel": written.channel,
        "ts": written.ts,
        "thread": written.thread_ts,
        "user": written.user,
        "text": written.text,
        "blocks": list(written.blocks),
        "files": [file(workspace.files[each]) for each in written.files],
        "reactions": {name: list(users) for name, users in written.reactions.items()},
        "edited": bool(written.edits) and not written.blocks,
        "only": bool(written.only_for),
    }


def file(kept: File) -> Json:
    """Write a file."""
    return {
        "id": kept.id,
        "name": kept.name,
        "bytes": len(kept.data),
        "picture": kept.mimetype in SHOWN_AS_PICTURE,
        "alt": kept.alt_txt,
    }


def view(opened: View) -> Json:
    """Write a modal or an App Home."""
    return {"id": opened.id, "open": opened.is_open, "hash": opened.hash, "root": opened.root, **_content(opened)}


def status(line: Status) -> Json:
    """Write a line that says what the bot is doing."""
    return {"channel": line.channel, "thread": line.thread_ts, "text": line.status}


def _content(opened: View) -> Json:
    parts = ("type", "title", "submit", "close", "blocks")
    return {name: opened.content[name] for name in parts if opened.content.get(name)}


def _said(workspace: Workspace, written: Message) -> Json:
    return {"kind": "message", "message": message(workspace, written)}


def _knows(place: Channel, me: str) -> bool:
    return me in place.members or place.kind == "public_channel"


def _readable(workspace: Workspace, me: str) -> list[Message]:
    places = [place.id for place in workspace.channels.values() if me in place.members]
    return [each for place in places for each in workspace.everything_in(place)]


def _lasting(workspace: Workspace, me: str) -> list[Status]:
    """Find the lines that still stand: the newest of each thread, until the bot has answered there."""
    newest: dict[Any, Status] = {(each.channel, each.thread_ts): each for each in workspace.statuses}
    return [
        each
        for each in newest.values()
        if me in workspace.channels[each.channel].members
        and not any(reply.bot_id for reply in workspace.thread(each.channel, each.thread_ts))
    ]
