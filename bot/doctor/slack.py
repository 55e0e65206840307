"""What the doctor looks at in Slack: tokens, permissions, the way in, the clock."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Final

from bot import entrance
from bot.core.plural import listed
from bot.doctor.finding import Finding, tried
from bot.errors import SlackError
from bot.settings import Settings
from bot.slack import Slack
from bot.slack.checks import Checks
from handlers.manifest import SCOPES

_HISTORY: Final = frozenset({"channels:history", "groups:history"})
"""What an operator may add: Spotter then finds re-shares that it missed, and learns of deleted messages at once."""
_REINSTALL: Final = "Give the app what `spotter manifest` prints, and install it anew."
_TOKENS: Final = "Slack shows its tokens under OAuth & Permissions, and under Basic Information, of your app."
_SKEWED_SECONDS, _REFUSED_SECONDS = 60, 240
"""Requests that seem older than 300 s are refused as replays."""

Now = Callable[[], datetime]


def examine(settings: Settings, now: Now = lambda: datetime.now(UTC)) -> Iterator[Finding]:
    """Look at all of Slack."""
    if settings.many_workspaces:
        yield Finding("ok", "Slack app", "workspaces install it by themselves.")
    else:
        yield from _bot_token(settings)
    yield from _ways_in(settings)
    yield _events()
    yield from tried("clock", lambda: _clock(settings, now), state="look", mend="Then I compare clocks.")


def scopes(granted: frozenset[str]) -> Finding:
    """Compare what a workspace granted with what Spotter needs."""
    if missing := sorted(set(SCOPES) - granted):
        return Finding("bad", "Slack scopes", f"{listed(missing)} {_are(missing)} missing.", _REINSTALL)
    if more := sorted(granted - set(SCOPES) - _HISTORY):
        return Finding("warn", "Slack scopes", f"{listed(more)} {_are(more)} not needed.", _REINSTALL)
    return Finding("ok", "Slack scopes", f"all {len(SCOPES)} are granted.")


def _bot_token(settings: Settings) -> Iterator[Finding]:
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        yield Finding("bad", "Slack bot token", "SLACK_BOT_TOKEN is missing: xoxb-….", _TOKENS)
        return
    try:
        me = Slack(entrance.client(settings, token)).identity()
    except SlackError as error:
        yield _refused("Slack bot token", "SLACK_BOT_TOKEN", error)
        return
    if me.org_wide:
        mend = "Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET instead: each workspace is then looked after by itself."
        yield Finding("bad", "Slack bot token", "SLACK_BOT_TOKEN opens a whole organization.", mend)
        return
    yield Finding("ok", "Slack bot token", f"it opens workspace {me.team} as {me.user}.")
    yield scopes(me.scopes)


def _ways_in(settings: Settings) -> Iterator[Finding]:
    """Slack calls us over HTTP, which takes the signing secret, or we call it, which takes the app-level token."""
    app, secret = settings.slack_app_token.get_secret_value(), settings.slack_signing_secret.get_secret_value()
    if not app and not secret:
        told = "SLACK_APP_TOKEN (for `spotter run`) and SLACK_SIGNING_SECRET (for `spotter web`) are both missing."
        yield Finding("bad", "Slack events", told, _TOKENS)
    if app:
        yield _socket_mode(settings, app)
    if secret:
        told = "it is set; Slack does not tell whether it is right."
        yield Finding("look", "Slack signing secret", told, "If it is wrong, every request is answered 401.")
    elif settings.many_workspaces:
        yield Finding("bad", "Slack signing secret", "SLACK_SIGNING_SECRET is missing.", _TOKENS)


def _socket_mode(settings: Settings, token: str) -> Finding:
    try:
        Checks(entrance.client(settings, token)).may_listen()
    except SlackError as error:
        return _refused("Slack app-level token", "SLACK_APP_TOKEN", error)
    return Finding("ok", "Slack app-level token", "it opens Socket Mode.")


def _events() -> Finding:
    told = "Slack does not tell which events it sends."
    mend = (
        "Compare Event Subscriptions of your app with what `spotter manifest` prints; then drop a photo in a channel."
    )
    return Finding("look", "Slack events", told, mend)


def _clock(settings: Settings, now: Now) -> Iterator[Finding]:
    shown = Checks(entrance.client(settings)).clock()
    if shown is None:
        return
    skew = abs((now() - shown).total_seconds())
    mend = "Let this machine set its clock by NTP; Slack's requests are refused from 300 s on."
    if skew >= _SKEWED_SECONDS:
        yield Finding(
            "bad" if skew >= _REFUSED_SECONDS else "warn", "clock", f"it is {skew:.0f} s apart from Slack's.", mend
        )
    else:
        yield Finding("ok", "clock", "it agrees with Slack's.")


def _refused(what: str, variable: str, error: SlackError) -> Finding:
    if error.retry:
        return Finding("bad", what, "Slack does not answer.", "Check this machine's way to the internet.")
    return Finding("bad", what, f"Slack does not accept {variable} ({error.code}).", _TOKENS)


def _are(several: Collection[str]) -> str:
    return "are" if len(several) > 1 else "is"
