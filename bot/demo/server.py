"""The local Slack: a workspace behind a port of this machine, and the people in it."""

from collections import deque
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

from bot.demo import seed
from bot.demo.context import Context
from bot.demo.delivery import Deliveries, Delivery, Transport
from bot.demo.events import Events
from bot.demo.faults import Faults
from bot.demo.hooks import Hooks
from bot.demo.http_transport import HttpTransport
from bot.demo.installation import Installation
from bot.demo.interactions import Interactions
from bot.demo.people import People
from bot.demo.reading import Reading
from bot.demo.serving import Serving
from bot.demo.socket_mode import SocketMode
from bot.demo.web import Web
from bot.demo.workspace import Workspace

HOST = "127.0.0.1"


class LocalSlack(People, Interactions, Reading):
    """A Slack workspace on this machine, ready when entered.

    Args:
        port: Where to listen; 0 takes a free one.
        app_url: The app's request URL; without one, deliveries go over Socket Mode.
        late: Seconds until `files.info` shows the shares and the type of a new file.
        retry_scale: Makes the minutes between delivery tries shorter; 1 is Slack's own pace.
        manifest: The app's manifest: its commands, shortcuts, scopes and events.
        organization: The id of the organization that installed the app in all its workspaces; empty where this one did.

    Attributes:
        url: Of this server.
        api_url: For `SLACK_API_URL`.
        file_host: For `SLACK_FILE_HOSTS`.
        workspace: The state.
        faults: What shall go wrong.
        sockets: The Socket Mode connections.
        web: The application, for further pages.

    Raises:
        SetupError: The port is taken.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        app_url: str = "",
        late: float = 0.0,
        retry_scale: float = 1.0,
        manifest: Mapping[str, Any] | None = None,
        organization: str = "",
    ) -> None:
        self._serving = Serving(HOST, port)
        self.file_host = self._serving.place
        self.url = f"http://{self.file_host}"
        self.api_url = f"{self.url}/api/"
        self.workspace = Workspace(late=late, app=Installation(organization=organization))
        if manifest:
            self.workspace.install(manifest)
        app = self.workspace.app
        self.bot_token, self.app_token, self.signing_secret = app.bot_token, app.app_token, app.signing_secret
        self.team_id, self.app_id = app.team_id, app.app_id
        self.bot_id, self.bot_user_id = app.bot_id, app.bot_user_id
        self._name_everybody()
        self.faults = Faults()
        self.sockets = SocketMode(app.app_id, self.workspace.tell)
        self._http: HttpTransport | None = None
        self._deliveries = Deliveries(self._transport, self.workspace.tell, retry_scale)
        events = Events(self.workspace, self._deliveries, self.url)
        slack = Context(self.workspace, events, Hooks(app.team_id, self.url), self.sockets, self.url)
        People.__init__(self, slack)
        Interactions.__init__(self, slack, self._deliveries)
        self.hooks = slack.hooks
        self.connect(app_url)
        self.web = Web(slack, self.faults).app()

    def _name_everybody(self) -> None:
        who = seed.people(self.workspace)
        where = seed.channels(self.workspace, who)
        self.admin, self.member, self.other = who.admin, who.member, who.other
        self.guest, self.stranger, self.deactivated, self.bot = who.guest, who.stranger, who.deactivated, who.bot
        self.race, self.crew, self.elsewhere, self.shared = where.race, where.crew, where.elsewhere, where.connect

    def __enter__(self) -> Self:
        self._deliveries.start(self._serving.start(self.web))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._deliveries.close()
        self._serving.stop()
        self.connect("")

    def connect(self, app_url: str) -> None:
        """Say where the app listens; an empty address means Socket Mode."""
        old, self._http = self._http, HttpTransport(app_url, self.signing_secret) if app_url else None
        if old:
            old.close()

    @property
    def deliveries(self) -> deque[Delivery]:
        """The newest tries to deliver, each with its ack and the milliseconds that it took."""
        return self._deliveries.log

    @property
    def pending(self) -> int:
        """Deliveries that are on their way, or wait for their next try."""
        return self._deliveries.pending

    def redeliver(self, last: int = 1, *, seed: int | None = None) -> None:
        """Deliver the last events once more, as if their acks had been lost; shuffled where a seed is given."""
        self._deliveries.again(last, seed)

    def shuffled(self, seed: int, twice: float = 0.0) -> AbstractContextManager[None]:
        """Hold all events back in a `with` block, then send them in another order, a share of them twice."""
        return self._deliveries.shuffled(seed, twice)

    def _transport(self) -> Transport:
        return self._http or self.sockets
