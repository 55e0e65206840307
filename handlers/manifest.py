"""Slack's app manifest, made from what is handled; pure."""

from collections.abc import Iterable
from typing import Any, Final

from handlers import every_handle
from handlers.kinds import Command, Event, Handle, Shortcut, Step, Visit
from handlers.origin import OF_ORGANIZATIONS

SCOPES: Final = (
    "app_mentions:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "reactions:write",
    "users:read",
    "channels:read",
    "groups:read",
)
"""All that Spotter asks for. None of them lets it read what people write to each other."""

_DESCRIPTION: Final = "Looks at the photos that your team drops, and answers in the thread."
_LONG_DESCRIPTION: Final = (
    "Drop race or event photos into a channel: Spotter answers in the thread with what is in them: bib numbers,"
    " people who agreed to be known, celebrities, things, text, unsafe content. It cannot read your messages: it asks"
    " for the photos themselves and nothing else. Admins choose for each channel what is looked at and what it may"
    " cost. Faces are matched only where an admin has turned it on, and only those of people who agreed."
)


def manifest(url: str = "", *, steps: bool = False) -> dict[str, Any]:
    """Make the manifest (https://docs.slack.dev/reference/app-manifest).

    Args:
        url: The bot's public address, `https://…`, by which a whole organization can install it, too; empty for Socket
            Mode.
        steps: Whether Workflow Builder shall offer our steps. It needs no scope, but a paid plan, and Slack takes it
            only from apps that a whole organization could install.
    """
    address = {"url": f"{url.rstrip('/')}/slack/events"} if url else {}
    request_url = {"request_url": address["url"]} if url else {}
    handles = every_handle()
    org_wide = bool(url) or steps
    return {
        "display_information": {
            "name": "Spotter",
            "description": _DESCRIPTION,
            "long_description": _LONG_DESCRIPTION,
            "background_color": "#1f2937",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Spotter", "always_online": True},
            "shortcuts": [_shortcut(handle) for handle in handles if isinstance(handle, Shortcut)],
            "slash_commands": [{**_command(handle), **address} for handle in handles if isinstance(handle, Command)],
        },
        "oauth_config": {**_redirect(url), "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {
                **request_url,
                "bot_events": sorted(_events(handles, org_wide=org_wide) | ({"function_executed"} if steps else set())),
            },
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": org_wide,
            **({"function_runtime": "remote"} if steps else {}),
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
        **({"functions": {one.callback_id: _step(one) for one in handles if isinstance(one, Step)}} if steps else {}),
    }


def _redirect(url: str) -> dict[str, Any]:
    """Where Slack sends people who install the app in a workspace of theirs."""
    return {"redirect_urls": [f"{url.rstrip('/')}/slack/oauth_redirect"]} if url else {}


def _events(handles: Iterable[Handle], *, org_wide: bool) -> set[str]:
    named = {handle.name for handle in handles if isinstance(handle, Event | Visit)}
    return named if org_wide else named - set(OF_ORGANIZATIONS)


def _command(command: Command) -> dict[str, Any]:
    return {
        "command": command.name,
        "description": command.description,
        "usage_hint": command.usage,
        "should_escape": True,
    }


def _shortcut(shortcut: Shortcut) -> dict[str, Any]:
    return {
        "name": shortcut.name,
        "type": "global" if shortcut.everywhere else "message",
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "title": step.title,
        "description": step.description,
        "input_parameters": {"properties": dict(step.takes), "required": list(step.takes)},
        "output_parameters": {"properties": dict(step.gives), "required": list(step.gives)},
    }
