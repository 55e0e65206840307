"""What a person's click or entry becomes, for each element of Block Kit."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.demo.records import Json
from bot.errors import AskError

FIELDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "file_input": "files",
}
"""Where the state of a modal keeps what was entered, by the type of the element."""

INITIAL = {"value": "initial_value", **{f"selected_{each}": f"initial_{each}" for each in (
    "date", "time", "date_time", "option", "options", "user", "users", "conversation", "conversations", "channel",
    "channels",
)}}  # fmt: skip


def placed_elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Walk through everything that can be clicked or filled in, each with the block_id around it."""
    for block in blocks:
        inner = [*block.get("elements", ()), *block.get("actions", ()), block.get("accessory"), block.get("element")]
        for element in inner:
            if isinstance(element, Mapping) and element.get("action_id"):
                yield str(block.get("block_id", "")), element
        yield from placed_elements([each for each in block.get("elements", ()) if "actions" in each])
        yield from placed_elements(block.get("child_blocks", ()))


def find_element(
    blocks: Sequence[Mapping[str, Any]], action_id: str, within: str = ""
) -> tuple[str, Mapping[str, Any]]:
    """Find one by its action_id, with the block_id around it.

    Args:
        blocks: Where to look.
        action_id: Which one; the first, where several have it.
        within: The block_id around it, to tell several with one action_id from each other.

    Raises:
        AskError: Nothing here has that action_id.
    """
    known = []
    for block_id, element in placed_elements(blocks):
        if element["action_id"] == action_id and within in ("", block_id):
            return block_id, element
        known.append(str(element["action_id"]))
    raise AskError(f"Nothing here is called {action_id}; there is: {', '.join(known) or 'nothing to press'}.")


def pressed(element: Mapping[str, Any], block_id: str, value: Any, at: str) -> Json:
    """Write a click as `block_actions` does; `value` names the option of a menu, or overrides a button's value."""
    action: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": block_id, "action_ts": at}
    if element["type"] in ("button", "icon_button", "workflow_button"):
        return {**action, "text": element["text"], **_button_value(element, value)}
    if element["type"] == "feedback_buttons":
        return {**action, "value": value}
    return {**action, **entered(element, value)}


def _button_value(element: Mapping[str, Any], value: Any) -> Json:
    chosen = value or element.get("value")
    return {"value": chosen} if chosen else {}


def entered(element: Mapping[str, Any], value: Any, keep_files: Callable[[Any], list[Json]] | None = None) -> Json:
    """Write an entry as the state of a modal does.

    Args:
        element: What it is entered into.
        value: A string, an option's value, an id, a list of them, or uploads; None leaves what is there at first.
        keep_files: Takes uploads in, and writes them as file objects.

    Raises:
        AskError: The menu has no such option.
    """
    kind = str(element["type"])
    name = FIELDS[kind]
    if value is None:
        return {"type": kind, name: element.get(INITIAL.get(name, ""), [] if name.endswith("s") else None)}
    if name == "files":
        return {"type": kind, name: keep_files(value) if keep_files else []}
    if name == "selected_option":
        value = _option(element, value)
    elif name == "selected_options":
        value = [_option(element, each) for each in value]
    return {"type": kind, name: value}


def _option(element: Mapping[str, Any], value: str) -> Json:
    groups = element.get("option_groups", ())
    options = [*element.get("options", ()), *(option for group in groups for option in group["options"])]
    for option in options:
        if option["value"] == value:
            return dict(option)
    raise AskError(f"{element['action_id']} has no option {value}; it has {', '.join(o['value'] for o in options)}.")


def state(
    blocks: Sequence[Mapping[str, Any]], given: Mapping[str, Any], keep_files: Callable[[Any], list[Json]]
) -> dict[str, Json]:
    """Write the state of a modal: block_id to action_id to what was entered.

    Args:
        blocks: Of the modal.
        given: What was entered, by action_id; the rest stays as it is at first.
        keep_files: As in `entered`.

    Raises:
        AskError: Something was entered where there is nothing to enter, or a menu has no such option.
    """
    values: dict[str, Json] = {}
    for block_id, element in placed_elements(blocks):
        if element["type"] in FIELDS and element["type"] != "overflow":
            found = entered(element, given.get(element["action_id"]), keep_files)
            values.setdefault(block_id, {})[element["action_id"]] = found
    unknown = set(given) - {action_id for block in values.values() for action_id in block}
    if unknown:
        raise AskError(f"There is nothing to enter as {', '.join(sorted(unknown))}.")
    return values
