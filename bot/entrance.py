"""How Slack lets us in: with the bot token of one workspace, or with those that workspaces gave by installing us."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from ssl import SSLContext, create_default_context
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot.errors import SetupError, SlackError
from bot.settings import Settings
from bot.slack import Identity, Slack
from bot.workspaces import InstalledWorkspaces, OneWorkspace, Workspaces
from handlers.manifest import SCOPES
from storage import Storage

if TYPE_CHECKING:
    from bot.installing import Installing
    from storage.installations import Installations

_PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way into Slack.

    Attributes:
        workspaces: Where we are installed.
        bolt: What Bolt is told of tokens.
        installing: The pages by which a workspace installs us, where any may.
    """

    workspaces: Workspaces
    bolt: Mapping[str, Any] = field(repr=False)
    installing: "Installing | None" = None


def find(settings: Settings, storage: Storage) -> Entrance:
    """Find the way in that the settings name.

    Raises:
        SetupError: There is no key to encrypt tokens with.
    """
    return _many(settings, storage) if settings.many_workspaces else _one(settings)


def client(settings: Settings, token: str | None = None) -> WebClient:
    """Slack's own client, with a token or without."""
    return WebClient(token, base_url=settings.slack_api_url, timeout=_PATIENCE_SECONDS, ssl=_authorities())


@cache
def _authorities() -> SSLContext:
    """Whom we trust to say that Slack is Slack; left to itself Python 3.11 reads that anew with each call, in 15 ms."""
    return create_default_context()


def identity(settings: Settings) -> Identity:
    """Who we are, by the bot token of the settings.

    Raises:
        SlackError: Slack does not take it, or does not answer.
    """
    return Slack(client(settings, settings.slack_bot_token.get_secret_value())).identity()


def workspace_of(settings: Settings) -> str:
    """The id of the workspace that the bot token belongs to.

    Raises:
        SetupError: There is no token, or Slack does not answer.
    """
    if not settings.slack_bot_token.get_secret_value():
        raise SetupError("Which workspace? Name it: --workspace T0123ABCD. SLACK_BOT_TOKEN would tell it, too.")
    try:
        return identity(settings).team
    except SlackError as error:
        raise SetupError(
            f"I can't ask Slack which workspace this is ({error}). Name it: --workspace T0123ABCD."
        ) from error


def installations(settings: Settings, storage: Storage) -> "Installations":
    """Where the app is installed.

    Raises:
        SetupError: There is no key, or one of them is none.
    """
    from storage.installations import Installations  # noqa: PLC0415  # 9 MB of cryptography that one workspace needs not
    from storage.sealing import Seal  # noqa: PLC0415  # as above

    return Installations(storage.tenancy, Seal(settings.every_key))


def _one(settings: Settings) -> Entrance:
    token = settings.slack_bot_token.get_secret_value()
    workspace = OneWorkspace(Slack(client(settings, token), settings.slack_file_hosts))
    return Entrance(workspace, {"client": client(settings), "authorize": _authorizing(token)})


def _authorizing(token: str) -> Callable[..., Any]:
    """Make what tells Bolt with which token a request is answered.

    By itself Bolt would ask Slack for it, and with each request again where Slack asks to wait.
    """
    from slack_bolt.authorization import AuthorizeResult  # noqa: PLC0415  # the terminal needs no Bolt

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)

    return authorize


def _many(settings: Settings, storage: Storage) -> Entrance:
    from bot.installing import authorizing, installing  # noqa: PLC0415  # as above

    kept = installations(settings, storage)
    workspaces = InstalledWorkspaces(
        kept, lambda token, team: Slack(client(settings, token), settings.slack_file_hosts, team)
    )
    pages = installing(
        client=client(settings),
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=SCOPES,
        installations=kept,
        departures=storage.departures,
    )
    return Entrance(workspaces, {"client": client(settings), "authorize": authorizing(kept)}, pages)
