"""A process from its start to its end: Socket Mode, HTTP, or jobs alone."""

import gc
import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest
from starlette.applications import Starlette

from bot import entrance
from bot.app import Bot, bot
from bot.errors import SetupError, SlackError
from bot.jobs import Jobs, Role
from bot.metrics import ACK_SECONDS, CONNECTED, showing
from bot.settings import Settings
from bot.web import web

_WRONG_TOKEN: Final = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_allowed_token_type", "not_authed", "token_revoked"}
)
"""Slack's words for a token that will not do, however often it is tried."""
_RECONNECT_SECONDS: Final = (1.0, 2.0, 5.0, 10.0, 30.0)

log = logging.getLogger(__name__)


def run_socket(settings: Settings) -> None:
    """Run everything in one process over Socket Mode, until a signal ends it."""
    token = settings.slack_app_token.get_secret_value()
    if not token:
        raise SetupError("SLACK_APP_TOKEN is missing: an app-level token, xapp-…, with connections:write.")
    _check_token(settings)
    stopped = _until_signal()
    with _built(settings, "all") as running:
        client = WebClient(token, base_url=settings.slack_api_url)
        handler = _TimedSocket(running.app, token, web_client=client)
        CONNECTED.set_function(handler.client.is_connected)
        running.shown.register(CONNECTED)
        with showing(settings.metrics_port, running.shown):
            _connect(handler, stopped)
            stopped.wait()
            handler.close()  # type: ignore[no-untyped-call]  # Bolt left it bare
    _leave(running.jobs)


def run_web(settings: Settings) -> None:
    """Serve Slack over HTTP; with SQLite the jobs run in the same process."""
    if not settings.slack_signing_secret.get_secret_value():
        raise SetupError("SLACK_SIGNING_SECRET is missing: it stands under Basic Information of your Slack app.")
    _check_token(settings)
    _until_signal()  # uvicorn raises the signal again when it has shut down; then our own turn comes
    role: Role = "all" if settings.database.startswith("sqlite") else "web"
    with _built(settings, role) as running:
        checks = {"database": running.storage.ready, "disk": running.storage.has_room}
        serving = web(running.app, checks, running.installing, running.shown)
        server = uvicorn.Server(_uvicorn(serving, settings))
        try:
            server.run()
        except SystemExit as error:  # uvicorn's way of saying that it could not bind
            raise SetupError(
                f"I can't listen on {settings.host}:{settings.port}. Is the port taken? Set PORT."
            ) from error
    _leave(running.jobs)


def run_worker(settings: Settings) -> None:
    """Run jobs until a signal ends it; beside `run_web`, on PostgreSQL."""
    if settings.database.startswith("sqlite"):
        raise SetupError("A worker of its own needs PostgreSQL: set DATABASE_URL. With SQLite, web does the jobs, too.")
    _check_token(settings)
    stopped = _until_signal()
    with _built(settings, "worker") as running, showing(settings.metrics_port, running.shown):
        log.info("Spotter works")
        stopped.wait()
    _leave(running.jobs)


@contextmanager
def _built(settings: Settings, role: Role) -> Iterator[Bot]:
    """A bot; the garbage collector knows that its parts stay. To go through them would hold up everything for 0.2 s."""
    with bot(settings, role) as running:
        gc.collect()
        gc.freeze()
        yield running


class _TimedSocket(SocketModeHandler):
    """Counts how long Slack waits for an acknowledgement."""

    def handle(self, client: Any, req: SocketModeRequest) -> None:
        """Answer a request."""
        with ACK_SECONDS.time():
            super().handle(client, req)


def _leave(jobs: Jobs) -> None:
    """End although a call hangs: Python would wait for its thread, and its job is run elsewhere."""
    if jobs.hang:
        log.warning("some calls hang; their jobs are run again")
        logging.shutdown()
        os._exit(0)


def _check_token(settings: Settings) -> None:
    """Refuse to start with a wrong token; start all the same where Slack is away; workspaces bring their own."""
    if settings.many_workspaces:
        return
    if not settings.slack_bot_token.get_secret_value():
        raise SetupError("SLACK_BOT_TOKEN is missing: the bot token, xoxb-…, of your Slack app.")
    try:
        me = entrance.identity(settings)
    except SlackError as error:
        if error.retry:
            log.warning("Slack does not answer yet: %s", error)
            return
        raise SetupError(
            f"Slack does not accept SLACK_BOT_TOKEN ({error.code}). Check it, or reinstall the app."
        ) from error
    if me.org_wide:
        raise SetupError(
            "SLACK_BOT_TOKEN opens a whole organization. Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET instead."
        )


def _connect(handler: SocketModeHandler, stopped: threading.Event) -> None:
    """Connect to Slack, as long as it takes.

    Raises:
        SetupError: Slack refuses the app-level token, and would tomorrow.
    """
    tries = 0
    while not stopped.is_set():
        try:
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt left it bare
        except Exception as error:  # noqa: BLE001  # the client raises whatever its transport does
            _check_app_token(error)
            seconds = _RECONNECT_SECONDS[min(tries, len(_RECONNECT_SECONDS) - 1)]
            log.warning("Slack does not take the connection (%s); I try again in %.0f s", error, seconds)
            tries += 1
            stopped.wait(seconds)
        else:
            log.info("Spotter listens over Socket Mode")
            return


def _check_app_token(error: Exception) -> None:
    code = error.response.get("error") if isinstance(error, SlackApiError) else ""
    if code in _WRONG_TOKEN:
        raise SetupError(
            f"Slack does not accept SLACK_APP_TOKEN ({code}). It is an app-level token with connections:write."
        ) from error


def _until_signal() -> threading.Event:
    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return stopped


def _uvicorn(serving: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        serving, host=settings.host, port=settings.port, log_config=None, access_log=False, timeout_graceful_shutdown=5
    )
