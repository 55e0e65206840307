"""Slack's objects as they travel: users, channels, files, messages, views."""

from collections import defaultdict
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from bot.demo.records import Channel, File, Json, Message, User, View
from bot.demo.workspace import Workspace


def user_object(user: User) -> Json:
    """Write a user as `users.info` does."""
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": user.deleted,
        "profile": {"real_name": user.real_name, "display_name": user.name, "team": user.team_id},
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "tz": "Europe/Vienna",
        "tz_offset": 3600,
        **({"is_stranger": True} if user.is_stranger else {}),
    }


def channel_object(channel: Channel, *, is_member: bool) -> Json:
    """Write a channel as `conversations.info` does."""
    if channel.is_im:
        return {"id": channel.id, "is_im": True, "is_archived": False, "is_open": True}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_private": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_member": is_member,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "num_members": len(channel.members),
    }


def file_object(workspace: Workspace, file: File, url: str) -> Json:
    """Write a file as `files.info` does; its type and shares are empty until Slack is done with it."""
    ready = workspace.is_ready(file)
    suffix = PurePath(file.name).suffix.lstrip(".").lower()
    written: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype if ready else "",
        "filetype": suffix.replace("jpeg", "jpg") if ready else "",
        "pretty_type": suffix.upper() if ready else "",
        "user": file.user,
        "user_team": workspace.users[file.user].team_id,
        "editable": False,
        "size": len(file.data),
        "mode": "external" if file.external_url else "hosted",
        "is_external": bool(file.external_url),
        "external_type": "",
        "is_public": any(workspace.channels[place].kind == "public_channel" for place, _ in file.shares),
        "alt_txt": file.alt_txt,
        "file_access": "visible",
        **_addresses(workspace, file, url),
        **_places(workspace, file if ready else None),
    }
    if ready and any(file.size):
        written |= {"original_w": file.size[0], "original_h": file.size[1]}
    return written


def _addresses(workspace: Workspace, file: File, url: str) -> Json:
    if file.external_url:
        return {"url_private": file.external_url}
    folder, name = f"{url}/files-pri/{workspace.app.team_id}-{file.id}", quote(file.name)
    return {
        "url_private": f"{folder}/{name}",
        "url_private_download": f"{folder}/download/{name}",
        "permalink": f"{workspace.app.home}/files/{file.user}/{file.id}/{name}",
    }


def _places(workspace: Workspace, file: File | None) -> Json:
    shares: dict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
    listed: dict[str, set[str]] = {"channels": set(), "groups": set(), "ims": set()}
    for place, ts in file.shares if file else ():
        channel = workspace.channels[place]
        shares["public" if channel.kind == "public_channel" else "private"][place].append(_share(workspace, place, ts))
        listed[{"public_channel": "channels", "private_channel": "groups", "im": "ims"}[channel.kind]].add(place)
    return {"shares": shares, "has_more_shares": False, **{name: sorted(places) for name, places in listed.items()}}


def _share(workspace: Workspace, place: str, ts: str) -> Json:
    message = workspace.message(place, ts)
    replies = workspace.thread(place, ts)[1:]
    share: Json = {
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "reply_users_count": len({reply.user for reply in replies}),
        "reply_count": len(replies),
        "ts": ts,
        "channel_name": workspace.channels[place].name,
        "team_id": workspace.app.team_id,
        "share_user_id": message.user if message else "",
        "source": "UNKNOWN",
    }
    if replies:
        share |= {"thread_ts": ts, "latest_reply": replies[-1].ts}
    if message and message.thread_ts:
        share["thread_ts"] = message.thread_ts
    return share


def message_object(workspace: Workspace, message: Message, url: str) -> Json:
    """Write a message as `conversations.replies` and the events do."""
    written: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.app.team_id,
        **_author(workspace, message),
        **_optional(thread_ts=message.thread_ts, blocks=list(message.blocks), metadata=message.metadata),
    }
    if message.files:
        written["files"] = [file_object(workspace, workspace.files[file], url) for file in message.files]
    if message.reactions:
        written["reactions"] = [
            {"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()
        ]
    return written | _thread_summary(workspace, message)


def _author(workspace: Workspace, message: Message) -> Json:
    return {"bot_id": message.bot_id, "app_id": workspace.app.app_id} if message.bot_id else {}


def _thread_summary(workspace: Workspace, message: Message) -> Json:
    replies = workspace.thread(message.channel, message.ts)[1:]
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {"thread_ts": message.ts, "reply_count": len(replies), "reply_users": users, "latest_reply": replies[-1].ts}


def view_object(workspace: Workspace, view: View, values: Json | None = None) -> Json:
    """Write a view as `views.open` and the interactions do, with what was filled in."""
    defaults: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "close": None, "submit": None}
    return {
        **defaults,
        "clear_on_close": False,
        "notify_on_close": False,
        **view.content,
        "id": view.id,
        "hash": view.hash,
        "team_id": workspace.app.team_id,
        "app_id": workspace.app.app_id,
        "app_installed_team_id": workspace.app.team_id,
        "bot_id": workspace.app.bot_id,
        "root_view_id": view.root or view.id,
        "previous_view_id": view.previous or None,
        "state": {"values": values or {}},
    }


def _optional(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value}
