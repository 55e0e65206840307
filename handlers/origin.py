"""Where a request of Slack comes from, as its signed payload tells."""

import time
from collections.abc import Mapping
from typing import Any, Final

from bot.workspaces import Origin

OF_ORGANIZATIONS: Final = ("team_access_revoked",)
"""Events that only an organization's installation gets, although they do not say that it is one."""


def origin(body: Mapping[str, Any]) -> Origin:
    """Read where a request comes from: an event, a command or an interaction.

    With the app in a whole organization (https://api.slack.com/enterprise/apps/reference) the workspace of an
    interaction may stand with its user or its view alone, which slack_bolt knows, too.
    """
    authorized: Mapping[str, Any] = next(iter(body.get("authorizations") or ()), {})
    event = body.get("event") or {}
    organization = _organization(body, authorized)
    workspace = _workspace(body, authorized)
    told = authorized.get("is_enterprise_install") or body.get("is_enterprise_install")
    return Origin(
        workspace=workspace if workspace != organization else "",
        organization=organization,
        org_wide=bool(organization) and (told in (True, "true") or event.get("type") in OF_ORGANIZATIONS),
        at=float(event.get("event_ts") or body.get("event_time") or time.time()),
    )


def _organization(body: Mapping[str, Any], authorized: Mapping[str, Any]) -> str:
    """The organization of the installing workspace; empty where a form was opened in another one than its sender's."""
    opened_in = (body.get("view") or {}).get("app_installed_team_id")
    if opened_in and opened_in != _id(body.get("team")):
        return ""
    return str(_id(body.get("enterprise")) or authorized.get("enterprise_id") or body.get("enterprise_id") or "")


def _workspace(body: Mapping[str, Any], authorized: Mapping[str, Any]) -> str:
    """The installing workspace, never the author's."""
    view = body.get("view") or {}
    user = body.get("user")
    return str(
        authorized.get("team_id")
        or view.get("app_installed_team_id")
        or body.get("team_id")
        or _id(body.get("team"))
        or (user.get("team_id") if isinstance(user, Mapping) else "")
        or view.get("team_id")
        or ""
    )


def _id(named: Any) -> str:
    return str((named.get("id") if isinstance(named, Mapping) else named) or "")
