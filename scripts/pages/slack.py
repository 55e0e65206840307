"""What Slack is told: the link that makes the app, the scopes and why, the events."""

import json
from urllib.parse import quote

from handlers import every_handle
from handlers.kinds import Event, Visit
from handlers.manifest import SCOPES, manifest
from scripts.pages.markdown import first_line, table

WHY = {
    "app_mentions:read": "to answer `@Spotter`; no other message is ever delivered",
    "chat:write": "to answer in threads",
    "commands": "slash commands, and entries in the menus of messages",
    "files:read": "to fetch the photos, and to notice deleted ones",
    "files:write": "to send a photo with its boxes, and exports, to whoever asked",
    "reactions:write": "the sign that a photo is being looked at",
    "users:read": "to know admins, guests and people of other companies",
    "channels:read": "to know who can open which public channel",
    "groups:read": "the same for private channels that Spotter is in",
}
"""For what each permission is used."""


def create_link() -> str:
    """The link that makes the app, as the reference `create`."""
    told = json.dumps(manifest(), separators=(",", ":"), ensure_ascii=False)
    return f"[create]: https://api.slack.com/apps?new_app=1&manifest_json={quote(told, safe='')}"


def scopes() -> str:
    """Every permission, and why."""
    return table(("permission", "for what"), [(f"`{scope}`", WHY[scope]) for scope in SCOPES])


def events() -> str:
    """Every event that Slack is to send."""
    handles = [one for one in every_handle() if isinstance(one, Event | Visit)]
    told = {one.name: one.keep if isinstance(one, Event) else one.answer for one in handles}
    return table(("event", "what follows"), [(f"`{name}`", first_line(told[name].__doc__)) for name in sorted(told)])
