"""files.*: what people dropped, and what the bot uploads in three steps."""

import time
from collections.abc import Mapping

from bot.demo.context import Arguments, Context, Method
from bot.demo.methods.chat import parent
from bot.demo.objects import file_object
from bot.demo.records import File, Json, Message, Upload
from bot.demo.refusal import Refused, invalid_arguments

TYPES = {"images": "image/", "videos": "video/", "pdfs": "application/pdf", "zips": "application/zip", "all": ""}


def info(slack: Context, arguments: Arguments) -> Json:
    """Describe one file."""
    file = slack.file(arguments.required("file"))
    return {"file": file_object(slack.workspace, file, slack.url), "comments": [], "response_metadata": {}}


def listed(slack: Context, arguments: Arguments) -> Json:
    """List the files that the bot may see, newest first, in pages."""
    slack.needs_team(arguments)
    found = [file for file in reversed(slack.workspace.files.values()) if _matches(slack, file, arguments)]
    count, number = int(arguments.number("count", 100)), int(arguments.number("page", 1))
    pages = max(1, -(-len(found) // count))
    shown = found[(number - 1) * count : number * count]
    return {
        "files": [file_object(slack.workspace, file, slack.url) for file in shown],
        "paging": {"count": count, "total": len(found), "page": number, "pages": pages},
    }


def _matches(slack: Context, file: File, arguments: Arguments) -> bool:
    if file.is_deleted or not file.is_complete or not slack.workspace.bot_sees(file):
        return False
    if not arguments.number("ts_from", 0) <= file.created <= arguments.number("ts_to", float("inf")):
        return False
    channel, user = arguments.text("channel"), arguments.text("user")
    kinds = [TYPES.get(kind, kind) for kind in (arguments.text("types") or "all").split(",")]
    return (
        (not channel or any(place == channel for place, _ in file.shares))
        and user in ("", file.user)
        and any(file.mimetype.startswith(kind) for kind in kinds)
    )


def get_upload_url(slack: Context, arguments: Arguments) -> Json:
    """Upload, step one: a place for the bytes."""
    name, length = arguments.required("filename"), int(arguments.number("length", 0))
    if length <= 0:
        raise invalid_arguments("must be greater than 0: length")
    file = slack.workspace.new_file(slack.bot, Upload(name, b""), alt_txt=arguments.text("alt_txt"))
    file.is_complete = False
    return {"upload_url": f"{slack.url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(slack: Context, arguments: Arguments) -> Json:
    """Upload, step three: the files are there; share them where that is asked for."""
    wanted = arguments.json("files")
    if not isinstance(wanted, list) or not wanted:
        raise invalid_arguments("missing required field: files")
    files = [_complete(slack, each) for each in wanted]
    for place in (arguments.text("channel_id") or arguments.text("channels")).split(","):
        if place:
            _share(slack, files, place, arguments)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _complete(slack: Context, wanted: Json) -> File:
    file = slack.workspace.files.get(str(wanted.get("id")))
    if not file or not file.data:
        raise Refused("file_not_found")
    file.is_complete, file.title = True, str(wanted.get("title") or file.name)
    file.ready_at = time.monotonic() + slack.workspace.late
    return file


def _share(slack: Context, files: list[File], place: str, arguments: Arguments) -> None:
    channel = slack.channel_to_post_in(place)
    message = Message(
        channel=channel.id,
        ts=slack.workspace.new_ts(),
        user=slack.bot,
        bot_id=slack.workspace.app.bot_id,
        text=arguments.text("initial_comment"),
        thread_ts=parent(slack, channel, arguments.text("thread_ts")),
        files=tuple(file.id for file in files),
    )
    slack.workspace.add(message)
    slack.events.posted(message)


def delete(slack: Context, arguments: Arguments) -> Json:
    """Delete a file of the bot's own."""
    file = slack.file(arguments.required("file"))
    if file.user != slack.bot:
        raise Refused("cant_delete_file")
    channels = slack.workspace.take_file_from(file)
    file.is_deleted, file.data = True, b""
    slack.events.file_deleted(file, channels, slack.bot)
    return {}


METHODS: Mapping[str, Method] = {
    "files.info": Method(info, "files:read"),
    "files.list": Method(listed, "files:read"),
    "files.delete": Method(delete, "files:write"),
    "files.getUploadURLExternal": Method(get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(complete_upload, "files:write"),
}
