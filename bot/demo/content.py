"""Whether Slack takes what is to be said: text, blocks, metadata, the modal."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.demo.block_limits import CONTENT_OF_A_MESSAGE
from bot.demo.blockkit import Surface, content_length, problems
from bot.demo.context import Arguments, Context
from bot.demo.records import Json
from bot.demo.refusal import Refused, invalid_arguments
from bot.demo.workspace import with_block_ids

TEXT_KEPT = 40_000
TEXT_OF_AN_UPDATE = 4_000
METADATA_BYTES = 8_000
VIEW_BYTES = 250_000
SHOWN_AS_IMAGE = ("image/png", "image/jpeg", "image/gif")
FILE_ID = re.compile(r"F[A-Z0-9]{8,}")


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says."""

    text: str
    blocks: list[Json]
    metadata: Json | None


def message_content(slack: Context, arguments: Arguments) -> Content:
    """Read and check what a message shall say.

    Raises:
        Refused: `no_text`, `invalid_blocks`, `msg_blocks_too_long`, `invalid_metadata_format`, `metadata_too_large`.
    """
    text, blocks = arguments.text("text"), arguments.json("blocks") or []
    if not text and not blocks and not arguments.json("attachments"):
        raise Refused("no_text")
    return Content(text[:TEXT_KEPT], _checked_blocks(slack, blocks), _checked_metadata(arguments.json("metadata")))


def updated_content(slack: Context, arguments: Arguments) -> Content:
    """Read and check what a message shall say from now on; Slack takes less text than at first.

    Raises:
        Refused: `msg_too_long`, and all of `message_content`.
    """
    if len(arguments.text("text")) > TEXT_OF_AN_UPDATE:
        raise Refused("msg_too_long")
    return message_content(slack, arguments)


def view_content(slack: Context, arguments: Arguments, surface: Surface) -> Json:
    """Read and check a modal or an App Home.

    Raises:
        Refused: `invalid_arguments` with what is wrong, or `view_too_large`.
    """
    view = arguments.json("view")
    if not isinstance(view, Mapping):
        raise invalid_arguments("missing required field: view")
    if len(json.dumps(view)) > VIEW_BYTES:
        raise Refused("view_too_large")
    wrong = [*problems(view, surface), *([] if not view.get("blocks") else _wrong_images(slack, view["blocks"]))]
    if wrong:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] {each}" for each in wrong]})
    return {**view, "blocks": with_block_ids(view["blocks"], slack.workspace.new_id)}


def _checked_blocks(slack: Context, blocks: Any) -> list[Json]:
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if wrong := [*problems(blocks, "message"), *_wrong_images(slack, blocks)]:
        messages = {"messages": [f"[ERROR] {each}" for each in wrong]}
        raise Refused("invalid_blocks", errors=wrong, response_metadata=messages)
    if content_length(blocks) > CONTENT_OF_A_MESSAGE:
        raise Refused("msg_blocks_too_long")
    return with_block_ids(blocks, slack.workspace.new_id)


def _wrong_images(slack: Context, value: Any, place: str = "/blocks") -> Iterator[str]:
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _wrong_images(slack, each, f"{place}/{index}")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _wrong_images(slack, inner, f"{place}/{name}")
        if isinstance(value.get("slack_file"), Mapping) and not _can_be_shown(slack, value["slack_file"]):
            yield f"invalid slack file [json-pointer:{place}/slack_file]"


def _can_be_shown(slack: Context, reference: Mapping[str, Any]) -> bool:
    named = FILE_ID.search(str(reference.get("id") or reference.get("url")))
    file = slack.workspace.files.get(named.group()) if named else None
    if not file or file.is_deleted or not file.is_complete:
        return False
    return slack.workspace.bot_sees(file) and slack.workspace.is_ready(file) and file.mimetype in SHOWN_AS_IMAGE


def _checked_metadata(metadata: Any) -> Json | None:
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not metadata.get("event_type") or "event_payload" not in metadata:
        raise Refused("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return metadata
