"""A local Slack, a client of its Web API, and a real Bolt app on a port of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.demo.records import Upload
from bot.demo.server import LocalSlack

PHOTO = Upload("runner.jpg", b"\xff\xd8\xff pretend", size=(640, 480))


def said(response: SlackResponse, name: str) -> Any:
    """Take one part of Slack's answer."""
    return response[name]


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A workspace whose retries do not take minutes."""
    with LocalSlack(retry_scale=0.001) as workspace:
        yield workspace


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    """Slack's own client, with the bot's token."""
    return WebClient(slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def serve(slack: LocalSlack) -> Iterator[Callable[[App], None]]:
    """Puts a Bolt app behind an address, and tells the workspace about it."""
    with ExitStack() as servers:

        def start(app: App) -> None:
            slack.connect(servers.enter_context(_listening(app)))

        yield start


@pytest.fixture
def app(slack: LocalSlack, client: WebClient) -> App:
    """A Bolt app with the right secret, and no listeners yet."""
    return App(client=client, signing_secret=slack.signing_secret)


@contextmanager
def _listening(app: App) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            answer = app.dispatch(BoltRequest(body=body, headers={name: [v] for name, v in self.headers.items()}))
            self.send_response(answer.status)
            for name, value in answer.first_headers_without_set_cookie().items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the name that http.server gave it
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 100

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/slack/events"
        server.shutdown()
        thread.join()
