"""The manifest says what the code does, in Slack's own words, and asks for nothing more."""

import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from slack_sdk import WebClient
from slack_sdk.web.base_client import BaseClient

from handlers import every_handle
from handlers.kinds import Command, Event, Shortcut, Step, Visit
from handlers.manifest import SCOPES, manifest
from tests.conftest import ROOT

SCOPE_OF_METHOD = {
    "apps.connections.open": set[str](),  # with the app-level token, which has a scope of its own
    "assistant.threads.setStatus": {"chat:write"},
    "auth.test": set[str](),
    "chat.delete": {"chat:write"},
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.replies": set[str](),  # asked only where history scopes were granted besides ours
    "files.completeUploadExternal": {"files:write"},
    "files.delete": {"files:write"},
    "files.getUploadURLExternal": {"files:write"},
    "files.info": {"files:read"},
    "files.list": {"files:read"},
    "users.conversations": {"channels:read", "groups:read"},
    "users.info": {"users:read"},
    "views.open": set[str](),
    "views.publish": set[str](),
    "views.push": set[str](),
    "views.update": set[str](),
}
"""What each method needs: https://docs.slack.dev/reference/methods, the page of each."""

SCOPE_OF_EVENT = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "file_deleted": "files:read",
    "file_shared": "files:read",
    "file_unshared": "files:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "team_access_revoked": "",
    "tokens_revoked": "",
}
"""What each event needs, if anything: https://docs.slack.dev/reference/events, the page of each."""


def test_events_commands_and_shortcuts_are_those_of_the_code_and_no_others() -> None:
    made = manifest("https://spotter.example")
    handles = every_handle()

    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == _names(handles, Event, Visit)
    assert {one["command"] for one in made["features"]["slash_commands"]} == _names(handles, Command)
    assert {one["name"] for one in made["features"]["shortcuts"]} == _names(handles, Shortcut)


def test_scopes_are_those_of_the_plan() -> None:
    assert manifest()["oauth_config"] == {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "reactions:write",
                "users:read",
                "channels:read",
                "groups:read",
            ]
        }
    }


def test_every_method_that_is_called_is_covered_by_the_scopes() -> None:
    called = set().union(
        *(_methods(file) for file in (*(ROOT / "bot" / "slack").glob("*.py"), *(ROOT / "handlers").rglob("*.py")))
    )

    assert called == {name.replace(".", "_") for name in SCOPE_OF_METHOD}, "name the scopes of a new method above"
    assert set().union(*SCOPE_OF_METHOD.values()) <= set(SCOPES)


def test_every_event_is_covered_by_the_scopes() -> None:
    assert _names(every_handle(), Event, Visit) == set(SCOPE_OF_EVENT), "name the scope of a new event above"
    assert set(SCOPE_OF_EVENT.values()) - {""} <= set(SCOPES)


def test_nothing_lets_spotter_read_what_people_write() -> None:
    assert [scope for scope in SCOPES if "history" in scope] == []


def test_steps_for_workflows_are_offered_on_demand_and_need_no_scope() -> None:
    made = manifest(steps=True)

    assert set(made["functions"]) == {one.callback_id for one in every_handle() if isinstance(one, Step)}
    assert made["settings"]["function_runtime"] == "remote"
    assert made["oauth_config"] == manifest()["oauth_config"]
    assert "functions" not in manifest()


def test_over_http_every_address_is_ours_and_socket_mode_is_off() -> None:
    made = manifest("https://spotter.example/")

    url = "https://spotter.example/slack/events"
    assert {one["url"] for one in made["features"]["slash_commands"]} == {url}
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["settings"]["socket_mode_enabled"] is False


def test_a_whole_organization_can_install_it_over_http_where_it_can_say_so() -> None:
    ready, single = manifest("https://spotter.example")["settings"], manifest()["settings"]

    assert (ready["org_deploy_enabled"], single["org_deploy_enabled"]) == (True, False)
    told = set(ready["event_subscriptions"]["bot_events"]) - set(single["event_subscriptions"]["bot_events"])
    assert told == {"team_access_revoked"}


def test_over_socket_mode_there_is_no_address() -> None:
    made = manifest()

    assert "url" not in json.dumps(made)
    assert made["settings"]["socket_mode_enabled"] is True


@pytest.mark.shared
@pytest.mark.parametrize("url", ["", "https://spotter.example"], ids=["socket mode", "http"])
@pytest.mark.parametrize("steps", [False, True], ids=["plain", "with steps"])
def test_slacks_own_schema_takes_it(shared: Path, url: str, steps: bool) -> None:  # noqa: FBT001  # a parameter
    schema = json.loads((shared / "manifest" / "manifest.schema.2.0.0.json").read_text())

    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(manifest(url, steps=steps))] == []


def _names(handles: tuple[Any, ...], *kinds: type[Any]) -> set[str]:
    return {handle.name for handle in handles if isinstance(handle, kinds)}


def _methods(file: Path) -> set[str]:
    """Web API methods that a file calls, as slack_sdk spells them: by an attribute, or by their name in a string."""
    known = set(dir(WebClient)) - set(dir(BaseClient))
    nodes = list(ast.walk(ast.parse(file.read_text())))
    spelled = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    said = {str(node.value).replace(".", "_") for node in nodes if isinstance(node, ast.Constant)}
    return (spelled | said) & known
