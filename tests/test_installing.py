"""The pages by which a workspace installs Spotter, over real HTTP, with a Slack that gives tokens for codes."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import urllib3
from slack_bolt import App
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import NotInstalled
from bot.installing import authorizing, installing
from bot.slack import Slack
from bot.web import web
from bot.workspaces import InstalledWorkspaces, Origin
from storage import Storage
from storage.installations import Installations
from storage.sealing import Seal, new_key
from tests.serving import served

AGREED = {"team": {"id": "T1", "name": "Harbour & Runners"}, "access_token": "xoxb-1", "scope": "commands,chat:write"}
CODES: dict[str, dict[str, Any]] = {
    "first": AGREED,
    "again": {**AGREED, "access_token": "xoxb-2"},
    "other": {**AGREED, "team": {"id": "T2", "name": "Others"}, "access_token": "xoxb-3"},
    "organization": {
        **AGREED,
        "team": None,
        "enterprise": {"id": "E1", "name": "Marathon & Sons"},
        "is_enterprise_install": True,
    },
    "nowhere": {**AGREED, "team": None},
    "rotating": {**AGREED, "refresh_token": "xoxe-1", "expires_in": 43200},
}


@dataclass
class Giver:
    """Slack, as far as it gives tokens for codes and takes them back."""

    revoked: list[str] = field(default_factory=list)

    def app(self) -> Starlette:
        """Its Web API."""
        return Starlette(
            routes=[
                Route("/api/oauth.v2.access", self._give, methods=["POST"]),
                Route("/api/auth.test", self._test, methods=["POST"]),
                Route("/api/auth.revoke", self._revoke, methods=["GET", "POST"]),
            ]
        )

    async def _give(self, request: Request) -> Response:
        given = parse_qs((await request.body()).decode())
        agreed = CODES.get(given["code"][0])
        if agreed is None:
            return JSONResponse({"ok": False, "error": "invalid_code"})
        return JSONResponse({"ok": True, "bot_user_id": "U0", "authed_user": {"id": "U1"}, **agreed})

    async def _test(self, _: Request) -> Response:
        return JSONResponse({"ok": True, "bot_id": "B1", "team_id": "T1", "user_id": "U0"})

    async def _revoke(self, request: Request) -> Response:
        self.revoked.append(request.headers["authorization"].removeprefix("Bearer "))
        return JSONResponse({"ok": True, "revoked": True})


@dataclass(frozen=True)
class Pages:
    """The pages at their address, and what is behind them."""

    url: str
    slack: Giver
    installations: Installations
    storage: Storage

    def begin(self) -> tuple[str, str]:
        """Begin an installation: the proof in Slack's address, and the cookie that binds it to the browser."""
        answer = urllib3.request("GET", f"{self.url}/slack/install", redirect=False)
        assert answer.status == 302
        asked = parse_qs(urlsplit(answer.headers["location"]).query)
        assert asked["client_id"] == ["1.2"]
        return asked["state"][0], answer.headers["set-cookie"].partition(";")[0]

    def end(self, **query: str) -> tuple[int, str]:
        """Come back from Slack in the same browser: the status, and what is read there."""
        state, cookie = self.begin()
        return self.come_back(cookie, state=state, **query)

    def come_back(self, cookie: str = "", **query: str) -> tuple[int, str]:
        """Come back from Slack."""
        asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
        answer = urllib3.request("GET", f"{self.url}/slack/oauth_redirect?{asked}", headers={"cookie": cookie})
        return answer.status, answer.data.decode()


def door(token: str, team: str) -> Slack:
    """A door that nobody goes through."""
    return Slack(WebClient(token), (), team)


@pytest.fixture
def pages(new_database: Callable[[str], str]) -> Iterator[Pages]:
    """The pages."""
    giver = Giver()
    with closing(Storage(new_database("sqlite"))) as storage, served(giver.app()) as slack:
        kept = Installations(storage.tenancy, Seal([new_key()]))
        client = WebClient(base_url=f"{slack}/api/")
        made = installing(
            client=client,
            client_id="1.2",
            client_secret="not told",  # noqa: S106  # opens nothing
            scopes=("commands", "chat:write"),
            installations=kept,
            departures=storage.departures,
        )
        app = App(client=client, signing_secret="x", authorize=authorizing(kept))  # noqa: S106  # as above
        with served(web(app, {}, made)) as url:
            yield Pages(url, giver, kept, storage)


def test_a_workspace_installs_spotter(pages: Pages) -> None:
    pages.storage.departures.note("T1", 5.0)

    status, said = pages.end(code="first")

    assert (status, "installed in Harbour &amp; Runners" in said) == (200, True)
    found = pages.installations.of("T1")
    assert found
    assert (found.bot_token, found.bot_user, found.installed_by) == ("xoxb-1", "U0", "U1")
    assert found.scopes == ("commands", "chat:write")
    assert pages.storage.departures.every() == {}


def test_each_workspace_is_called_with_its_own_newest_token(pages: Pages) -> None:
    pages.end(code="first")
    pages.end(code="other")
    workspaces = InstalledWorkspaces(pages.installations, door)
    first = workspaces.slack("T1")

    assert workspaces.slack("T1") is first
    assert workspaces.slack("T2").client.token == "xoxb-3"  # noqa: S105  # opens nothing
    pages.end(code="again")
    assert workspaces.slack("T1").client.token == "xoxb-2"  # noqa: S105  # opens nothing
    assert workspaces.every() == ("T1", "T2")


def test_a_workspace_that_left_has_no_door_any_more(pages: Pages) -> None:
    pages.end(code="first")
    workspaces = InstalledWorkspaces(pages.installations, door)
    workspaces.slack("T1")

    pages.storage.departures.forget("T1", left_at=9e9)

    with pytest.raises(NotInstalled):
        workspaces.slack("T1")
    assert not workspaces.knows("T1")
    assert not workspaces.knows("")


def test_an_organization_installs_spotter_once_for_all_its_workspaces(pages: Pages) -> None:
    status, said = pages.end(code="organization")

    assert (status, "installed in Marathon &amp; Sons. Add it to workspaces" in said) == (200, True)
    found = pages.installations.of_organization("E1")
    assert found
    assert (found.bot_token, found.name, found.is_organization) == ("xoxb-1", "Marathon & Sons", True)
    workspaces = InstalledWorkspaces(pages.installations, door)
    assert (workspaces.every(), workspaces.knows("E1"), workspaces.installed("E1")) == ((), True, False)


def test_a_workspace_prefers_its_own_token_to_that_of_its_organization(pages: Pages) -> None:
    workspaces = InstalledWorkspaces(pages.installations, door)
    pages.end(code="organization")
    for team in ("T1", "T2"):
        workspaces.meet(Origin(workspace=team, organization="E1", org_wide=True, at=5.0))

    assert workspaces.slack("T2").client.token == "xoxb-1"  # noqa: S105  # opens nothing
    pages.end(code="other")
    assert workspaces.slack("T2").client.token == "xoxb-3"  # noqa: S105  # opens nothing
    assert workspaces.slack("T1").client.token == "xoxb-1"  # noqa: S105  # opens nothing
    assert workspaces.every() == ("T1", "T2")


def test_a_proof_is_good_for_once(pages: Pages) -> None:
    state, cookie = pages.begin()

    assert pages.come_back(cookie, state=state, code="first")[0] == 200
    status, said = pages.come_back(cookie, state=state, code="again")
    assert (status, "ended already" in said) == (401, True)
    assert pages.installations.of("T1").bot_token == "xoxb-1"  # type: ignore[union-attr]  # noqa: S105  # just installed


def test_nobody_ends_what_another_browser_began(pages: Pages) -> None:
    state, _ = pages.begin()

    status, said = pages.come_back(state=state, code="first")

    assert (status, "not begun in this browser" in said) == (400, True)
    assert pages.installations.every() == ()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [("nowhere", "did not say where"), ("rotating", "token rotation"), ("wrong", "did not confirm")],
)
def test_what_cannot_work_is_refused_with_a_sentence(pages: Pages, code: str, sentence: str) -> None:
    status, said = pages.end(code=code)

    assert status in (401, 500)
    assert sentence in said
    assert pages.installations.every() == ()
    assert pages.slack.revoked == (["xoxb-1"] if code != "wrong" else [])


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ({"error": "access_denied"}, 200, "did not agree"),
        ({"error": "<script>alert(1)</script>"}, 200, "did not confirm"),
        ({}, 400, "not begun in this browser"),
        ({"state": "forged", "code": "first"}, 400, "not begun in this browser"),
    ],
    ids=["denied", "script", "nothing", "forged"],
)
def test_whoever_comes_back_otherwise_reads_a_sentence(
    pages: Pages, query: dict[str, str], status: int, sentence: str
) -> None:
    told, said = pages.come_back(**query)

    assert (told, sentence in said, "<script" in said) == (status, True, False)
    assert pages.installations.every() == ()


def test_where_slack_is_away_nothing_is_installed(pages: Pages) -> None:
    state, cookie = pages.begin()
    with closing(Storage(pages.storage.url)) as storage:
        away = installing(
            client=WebClient(base_url="http://127.0.0.1:1/api/"),
            client_id="1.2",
            client_secret="not told",  # noqa: S106  # opens nothing
            scopes=(),
            installations=pages.installations,
            departures=storage.departures,
        )
        app = App(signing_secret="x", authorize=authorizing(pages.installations))  # noqa: S106  # as above
        with served(web(app, {}, away)) as url:
            told = Pages(url, pages.slack, pages.installations, storage).come_back(cookie, state=state, code="first")

    assert (told[0], "did not confirm" in told[1]) == (401, True)
