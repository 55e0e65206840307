"""The HTTP face: who gets in, and what gets out."""

import json
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from typing import Any

import pytest
import urllib3
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.web import MAX_BODY, web
from tests.answering import Answer, answering
from tests.serving import served

SECRET = "a secret of the test"  # noqa: S105  # it signs nothing but these tests
EVENT = {"type": "event_callback", "team_id": "T1", "event": {"type": "file_shared", "file_id": "F1"}}


class Kept:
    """A Bolt app of which the middleware keeps what comes, before it authorizes."""

    def __init__(self, slack: str) -> None:
        self.events: list[Mapping[str, Any]] = []
        self.fails = False
        self.app = App(
            client=WebClient("xoxb-1", base_url=f"http://{slack}/api/"),
            signing_secret=SECRET,
            token_verification_enabled=False,
            before_authorize=self._keep,
        )

    def _keep(self, body: Mapping[str, Any], next: Any) -> None:  # noqa: A002  # Bolt finds it by this name
        if self.fails:
            raise OSError("the database is away")
        self.events.append(body)
        next()


@pytest.fixture(scope="module")
def face() -> Iterator[tuple[str, Kept]]:
    """The address of the HTTP face, and the app behind it; Slack itself is ill."""
    ill = Answer(headers={"Content-Type": "application/json"}, body=[b'{"ok": false, "error": "internal_error"}'])
    with answering(lambda: ill) as slack:
        kept = Kept(slack.host)
        with served(web(kept.app, {"database": lambda: True})) as url:
            yield url, kept


@pytest.fixture
def kept(face: tuple[str, Kept]) -> Kept:
    """What the app keeps, from now on."""
    _, kept = face
    kept.events.clear()
    kept.fails = False
    return kept


@pytest.fixture
def url(face: tuple[str, Kept]) -> str:
    """The address of the HTTP face."""
    return face[0]


def post(url: str, body: str | bytes | Iterator[bytes], headers: Mapping[str, Any]) -> urllib3.BaseHTTPResponse:
    """Send what Slack would send."""
    return urllib3.request("POST", f"{url}/slack/events", body=body, headers=dict(headers), retries=False)


def signed(body: str, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack sends with a body."""
    timestamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body) or ""
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }


BODY = json.dumps(EVENT)


def test_a_signed_event_is_kept_even_where_slack_cannot_be_asked_who_we_are(url: str, kept: Kept) -> None:
    assert post(url, BODY, signed(BODY)).status == 200
    assert [body["event"] for body in kept.events] == [EVENT["event"]]


def test_a_timestamp_just_inside_slacks_five_minutes_is_taken(url: str) -> None:
    headers = signed(BODY, at=time.time() - 290)

    assert post(url, BODY, headers).status == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-signature": ""},
        signed(BODY, secret="another"),  # noqa: S106  # a wrong one
        signed(BODY, at=time.time() - 302),
        signed(BODY, at=time.time() + 86_400),  # worked out when tests are collected, minutes before it is sent
        {"x-slack-request-timestamp": "soon"},
        {"x-slack-request-timestamp": ""},
        {"x-slack-request-timestamp": "-1"},
        {"x-slack-request-timestamp": "\xb2"},
        {"x-slack-request-timestamp": "9" * 400},
    ],
    ids=["forged", "empty", "another secret", "old", "future", "no number", "none", "negative", "²", "endless"],
)
def test_what_slack_has_not_signed_just_now_is_refused(url: str, kept: Kept, wrong: Mapping[str, str]) -> None:
    assert post(url, BODY, {**signed(BODY), **wrong}).status == 401
    assert kept.events == []


@pytest.mark.parametrize("missing", ["x-slack-request-timestamp", "x-slack-signature"])
def test_a_request_without_its_headers_is_refused(url: str, kept: Kept, missing: str) -> None:
    headers = {name: value for name, value in signed(BODY).items() if name != missing}

    assert post(url, BODY, headers).status == 401
    assert kept.events == []


def test_a_body_that_was_changed_on_the_way_is_refused(url: str, kept: Kept) -> None:
    assert post(url, BODY + " ", signed(BODY)).status == 401
    assert kept.events == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"{", b"[]", b"1", b"", b"payload=[", b"payload=7"])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_that_nobody_can_read_is_refused(url: str, kept: Kept, body: bytes, kind: str) -> None:
    headers = {**signed(BODY), "content-type": kind}

    assert post(url, body, headers).status in (400, 401)
    assert kept.events == []


def test_a_body_over_the_limit_is_refused_before_it_is_read_to_its_end(url: str, kept: Kept) -> None:
    connection = HTTPConnection(url.removeprefix("http://"))
    connection.putrequest("POST", "/slack/events")
    connection.putheader("Content-Length", str(10 * MAX_BODY))
    connection.endheaders(bytes(MAX_BODY + 1))  # the rest is never sent

    assert connection.getresponse().status == 413
    assert kept.events == []
    connection.close()


def test_a_body_of_the_limit_is_taken(url: str) -> None:
    body = BODY + " " * (MAX_BODY - len(BODY))

    assert post(url, body, signed(body)).status == 200


def test_slacks_question_whether_we_are_there_is_answered(url: str) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1a"})

    answer = post(url, body, signed(body))

    assert (answer.status, answer.json()) == (200, {"challenge": "3eZbrw1a"})


def test_where_an_event_cannot_be_stored_slack_gets_500_and_no_word_about_why(url: str, kept: Kept) -> None:
    kept.fails = True

    answer = post(url, BODY, signed(BODY))

    assert answer.status == 500
    assert "Traceback" not in answer.data.decode()
    assert "database" not in answer.data.decode()


def test_other_paths_and_methods_are_not_there(url: str) -> None:
    assert urllib3.request("GET", f"{url}/slack/events").status == 405
    assert urllib3.request("GET", f"{url}/").status == 404
    assert urllib3.request("GET", f"{url}/docs").status == 404


def test_metrics_tell_how_long_acknowledgements_took(url: str) -> None:
    told = urllib3.request("GET", f"{url}/metrics")

    assert told.headers["content-type"].startswith("text/plain")
    assert 'spotter_ack_seconds_bucket{le="3.0"}' in told.data.decode()


def test_healthz_says_that_the_process_lives(url: str) -> None:
    assert urllib3.request("GET", f"{url}/healthz").json() == {"ok": True}


@pytest.mark.parametrize(("there", "status"), [(True, 200), (False, 503)])
def test_readyz_says_what_is_missing(kept: Kept, *, there: bool, status: int) -> None:
    with served(web(kept.app, {"database": lambda: there})) as url:
        answer = urllib3.request("GET", f"{url}/readyz")

    assert (answer.status, answer.json()) == (status, {"database": there})
