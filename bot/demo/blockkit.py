"""Whether Slack would take these blocks: its own types, its limits, and its rules between blocks."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from bot.demo import block_limits as limits

Surface = Literal["message", "modal", "home"]

SCHEMA = Path(__file__).with_name("blocks.schema.json")
TEXT_TYPES = ("plain_text", "mrkdwn")
HOLDERS = ("options", "option_groups", "confirm")


def problems(payload: Any, surface: Surface) -> list[str]:
    """Name what Slack would refuse, each with its place as a JSON pointer.

    Args:
        payload: For a message its list of blocks; for a modal or an App Home the whole view.
        surface: Where it shall be shown.

    Returns:
        Nothing where Slack would take it.
    """
    blocks = _blocks(payload, surface)
    if blocks is None:
        return ["blocks must be a list of objects [json-pointer:/blocks]"]
    found = [*_structure(payload, blocks, surface), *_between(blocks, surface)]
    if surface == "message":
        return [*found, *_limits(blocks, "/blocks", "message")]
    return [*found, *_limits(payload, "", surface)]


def content_length(blocks: Any) -> int:
    """Count the characters of a message's blocks that a person reads; Slack takes about 13,200."""
    if isinstance(blocks, Mapping):
        own = sum(len(value) for name, value in blocks.items() if _is_read(name) and isinstance(value, str))
        return own + sum(content_length(value) for value in blocks.values())
    if isinstance(blocks, list | tuple):
        return sum(content_length(each) for each in blocks)
    return 0


def _is_read(name: str) -> bool:
    return name in {"text", "alt_text", "title", "caption"}


def _blocks(payload: Any, surface: Surface) -> Sequence[Mapping[str, Any]] | None:
    if surface != "message":
        payload = payload.get("blocks") if isinstance(payload, Mapping) else None
    if isinstance(payload, list) and all(isinstance(block, Mapping) for block in payload):
        return payload
    return None


def _structure(payload: Any, blocks: Sequence[Mapping[str, Any]], surface: Surface) -> Iterator[str]:
    for index, block in enumerate(blocks):
        kind = str(block.get("type"))
        if kind not in limits.SURFACES[surface] or kind not in _validators():
            yield f"unsupported type: {kind} [json-pointer:/blocks/{index}/type]"
        elif error := best_match(_validators()[kind].iter_errors(block)):
            yield f"{error.message[:120]} [json-pointer:/blocks/{index}{_pointer(error.absolute_path)}]"
    if surface != "message":
        frame = {**payload, "blocks": []}
        yield from (f"{e.message[:120]} [json-pointer:{_pointer(e.path)}]" for e in _view(surface).iter_errors(frame))


def _pointer(path: Any) -> str:
    return "".join(f"/{step}" for step in path)


@cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text())
    return loaded


@cache
def _validators() -> Mapping[str, Draft7Validator]:
    # One definition for each block type: quicker, and clearer in what it says, than the union of all.
    definitions = _schema()["definitions"]
    names = [choice["$ref"].rsplit("/", 1)[1] for choice in definitions["KnownBlock"]["anyOf"]]
    return {_type(definitions[name]): _validator(name) for name in names}


def _type(definition: Mapping[str, Any]) -> str:
    one = definition["anyOf"][0] if "anyOf" in definition else definition
    return str(one["properties"]["type"]["const"])


@cache
def _view(surface: Surface) -> Draft7Validator:
    return _validator({"modal": "Modal", "home": "Home"}[surface])


def _validator(name: str) -> Draft7Validator:
    return Draft7Validator({**_schema(), "$ref": f"#/definitions/{name}"})


def _between(blocks: Sequence[Mapping[str, Any]], surface: Surface) -> Iterator[str]:
    kinds = Counter(str(block.get("type")) for block in blocks)
    if len(blocks) > limits.BLOCKS[surface]:
        yield f"no more than {limits.BLOCKS[surface]} items allowed [json-pointer:/blocks]"
    if kinds["table"] > 1:
        yield "only one table is allowed [json-pointer:/blocks]"
    if kinds["data_visualization"] > 2:  # noqa: PLR2004 - two charts, by Slack's page on data_visualization
        yield "only two charts are allowed [json-pointer:/blocks]"
    if sum(len(str(b.get("text"))) for b in blocks if b.get("type") == "markdown") > limits.MARKDOWN_OF_A_MESSAGE:
        yield "markdown is too long in total [json-pointer:/blocks]"
    yield from (f"duplicate block_id: {each} [json-pointer:/blocks]" for each in _twice(blocks, "block_id"))


def _twice(objects: Any, name: str) -> list[str]:
    seen = Counter(each[name] for each in objects if isinstance(each, Mapping) and each.get(name))
    return [str(value) for value, times in seen.items() if times > 1]


def _limits(value: Any, place: str, holder: str) -> Iterator[str]:
    """Walk through an object; `holder` is the nearest block, element, option or dialog around it."""
    if isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _limits(each, f"{place}/{index}", holder)
    elif isinstance(value, Mapping):
        kind = str(value.get("type", holder))
        if kind in TEXT_TYPES:
            yield from _text_length(value, place, limits.TEXT_OBJECTS["section", "text"])
            return
        yield from _rules(kind, value, place)
        for name, inner in value.items():
            yield from _field(kind, name, inner, f"{place}/{name}")
            yield from _limits(inner, f"{place}/{name}", name if name in HOLDERS else kind)


def _field(kind: str, name: str, value: Any, place: str) -> Iterator[str]:
    most = limits.TEXT_OBJECTS.get((kind, name)) or limits.TEXT_OBJECTS.get(("any", name))
    if most:
        for each in value if isinstance(value, list) else [value]:
            yield from _text_length(each, place, most)
    most = limits.STRINGS.get((kind, name)) or limits.STRINGS.get(("any", name))
    if most and isinstance(value, str) and len(value) > most:
        yield f"must be less than {most + 1} characters [json-pointer:{place}]"
    most = limits.COUNTS.get((kind, name))
    if most and isinstance(value, list) and not 1 <= len(value) <= most:
        yield f"must have 1 to {most} items [json-pointer:{place}]"


def _text_length(value: Any, place: str, most: int) -> Iterator[str]:
    text = value.get("text") if isinstance(value, Mapping) else None
    if isinstance(text, str) and not 1 <= len(text) <= most:
        yield f"must be 1 to {most} characters long [json-pointer:{place}/text]"


def _rules(kind: str, value: Mapping[str, Any], place: str) -> Iterator[str]:
    needed = limits.REQUIRED_ANY.get(kind, ())
    if needed and not any(value.get(name) for name in needed):
        yield f"needs one of {', '.join(needed)} [json-pointer:{place}]"
    if kind == "actions":
        yield from (
            f"duplicate action_id: {each} [json-pointer:{place}]"
            for each in _twice(_items(value, "elements"), "action_id")
        )
    if any(isinstance(row, list) and len(row) > limits.COLUMNS for row in _items(value, "rows")):
        yield f"no more than {limits.COLUMNS} columns allowed [json-pointer:{place}/rows]"
    files = value.get("max_files", 1)
    if kind == "file_input" and isinstance(files, int) and not 1 <= files <= limits.FILES_OF_AN_INPUT:
        yield f"max_files must be 1 to {limits.FILES_OF_AN_INPUT} [json-pointer:{place}]"
    if kind == "confirm" and "title" not in value:
        yield f"missing required field: title [json-pointer:{place}]"


def _items(value: Mapping[str, Any], name: str) -> list[Any]:
    items = value.get(name)
    return items if isinstance(items, list) else []
