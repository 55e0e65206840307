"""Spotter is installed from a browser, by OAuth (https://docs.slack.dev/authentication/installing-with-oauth)."""

import html
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from http.client import HTTPException
from typing import Any, Final

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import InstallationStore, OAuthStateStore
from slack_sdk.oauth.installation_store import Installation

from storage.departures import Departures
from storage.installations import Installations, Installed

_AGAIN: Final = "Begin again at /slack/install."
_SAY: Final = {
    "access_denied": "You did not agree, so nothing was installed.",
    "invalid_browser": f"This installation was not begun in this browser. {_AGAIN}",
    "invalid_state": f"This installation was begun too long ago, or was ended already. {_AGAIN}",
}
"""What is said for each of Bolt's and Slack's words; for any other that Slack did not confirm it."""
_UNREACHED: Final = (SlackApiError, OSError, HTTPException)

log = logging.getLogger(__name__)


class Installing(OAuthFlow):
    """The two pages of an installation: the way to Slack, and the way back."""

    def run_installation(self, code: str) -> Installation | None:
        """Turn Slack's code into a token; None where Slack does not take it, or does not answer."""
        try:
            installation = super().run_installation(code)
        except (OSError, HTTPException) as error:
            log.warning("Slack does not answer about an installation: %s", error)
            return None
        if installation is None:
            log.warning("Slack did not confirm an installation")
        return installation

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep an installation, or give its token back.

        Raises:
            BoltError: It was refused; the sentence says why.
        """
        try:
            super().store_installation(request, installation)
        except BoltError:
            with suppress(*_UNREACHED):
                self.client.auth_revoke(token=installation.bot_token or "")
            raise


def installing(
    *,
    client: WebClient,
    client_id: str,
    client_secret: str,
    scopes: Sequence[str],
    installations: Installations,
    departures: Departures,
) -> Installing:
    """Make the pages `/slack/install` and `/slack/oauth_redirect`.

    Args:
        client: Without a token.
        client_id: Of the app.
        client_secret: Of the app.
        scopes: What the workspace is asked for.
        installations: Where they are kept.
        departures: Who left; whoever comes back has not.
    """
    settings = OAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=scopes,
        user_scopes=(),
        install_page_rendering_enabled=False,
        installation_store=_Kept(installations, departures),
        state_store=_States(installations),
        callback_options=CallbackOptions(success=_welcome, failure=_sorry),
    )
    quiet = logging.getLogger(f"{__name__}.bolt")
    quiet.setLevel(logging.ERROR)  # at WARNING Bolt logs Slack's code, which may still be good for a token
    return Installing(client=client, logger=quiet, settings=settings)


def authorizing(installations: Installations) -> Callable[..., Any]:
    """Make what tells Bolt with which token a request is answered; None for a workspace that has none."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        found = installations.of(team_id) if team_id else None
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=found.bot_user,
            bot_token=found.bot_token,
            bot_scopes=found.scopes,
        )

    return authorize


class _Kept(InstallationStore):
    def __init__(self, installations: Installations, departures: Departures) -> None:
        self._installations = installations
        self._departures = departures

    def save(self, installation: Installation) -> None:
        installed = _installed(installation)
        self._installations.keep(installed)
        self._departures.over(installed.workspace)
        log.info("installed in %s", installed.workspace)


class _States(OAuthStateStore):
    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    def issue(self, *_: object, **__: object) -> str:
        return self._installations.issue_state()

    def consume(self, state: str) -> bool:
        return self._installations.consume_state(state)


def _installed(installation: Installation) -> Installed:
    org_wide = bool(installation.is_enterprise_install)
    where = installation.enterprise_id if org_wide else installation.team_id
    if not where:
        raise BoltError(f"Slack did not say where I am installed. {_AGAIN}")
    if installation.bot_refresh_token or not installation.bot_token:
        raise BoltError("I need a bot token that lasts: turn token rotation off in the settings of this Slack app.")
    return Installed(
        workspace=where,
        name=_name(installation),
        bot_token=installation.bot_token,
        bot_user=installation.bot_user_id or "",
        scopes=tuple(installation.bot_scopes or ()),
        installed_by=installation.user_id or "",
        is_organization=org_wide,
    )


def _name(installation: Installation) -> str:
    return (installation.enterprise_name if installation.is_enterprise_install else installation.team_name) or ""


def _welcome(args: SuccessArgs) -> BoltResponse:
    org_wide = bool(args.installation.is_enterprise_install)
    name = _name(args.installation) or ("your organization" if org_wide else "your workspace")
    add = "Add it to workspaces in Slack's settings of the organization, then invite" if org_wide else "Invite"
    return _page(f"Spotter is installed in {name}. {add} it to a channel with /invite @Spotter.", 200)


def _sorry(args: FailureArgs) -> BoltResponse:
    refused = str(args.error) if isinstance(args.error, BoltError) else ""
    say = refused or _SAY.get(args.reason, f"Slack did not confirm the installation. {_AGAIN}")
    return _page(say, args.suggested_status_code)


def _page(say: str, status: int) -> BoltResponse:
    body = f"<!doctype html><html lang=en><meta charset=utf-8><title>Spotter</title><p>{html.escape(say)}</p></html>"
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'",
    }
    return BoltResponse(status=status, body=body, headers=headers)
