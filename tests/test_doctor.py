"""What the doctor finds, and that every finding that must be mended says how."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import boto3
import pytest
from botocore.stub import Stubber
from click.testing import CliRunner
from moto import mock_aws
from sqlalchemy import text

from bot import doctor
from bot.cli import cli
from bot.core import iam
from bot.demo.server import LocalSlack
from bot.doctor import aws, database, slack
from bot.doctor.finding import Finding
from bot.errors import VisionDenied, VisionError
from bot.settings import Settings
from bot.vision.account import Account
from bot.vision.regions import EVERYTHING, FACES
from storage import Storage
from storage.installations import Installations, Installed
from storage.sealing import Seal, new_key
from tests.trip.running import settings_for
from tests.vision.service import Service

IRELAND: Final = "eu-west-1"
BUCKET: Final = "race-photos"
NO_KEYS: Final = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
Setting = Callable[..., Settings]


@pytest.fixture(scope="module")
def slack_app() -> Iterator[LocalSlack]:
    with LocalSlack() as local:
        yield local


@pytest.fixture
def setting(
    slack_app: LocalSlack, new_database: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Setting:
    """Settings of a bot that could work, but for what a test changes."""
    tmp_path.chmod(0o700)
    monkeypatch.delenv("SPOTTER_SHARED", raising=False)  # the tests' own
    return lambda **more: settings_for(slack_app, new_database("sqlite"), tmp_path, **more)


def found(findings: Iterator[Finding], what: str) -> list[tuple[str, str]]:
    return [(one.state, one.told) for one in findings if one.what == what]


def test_a_bot_that_could_work_has_nothing_to_mend(setting: Setting) -> None:
    said: list[str] = []

    doctor.run(setting(), said.append)

    assert {line.split()[0] for line in said} == {"ok", "look"}
    for about in ("bot token", "scopes", "app-level token", "clock", "engine", "models", "database", "home", "disk"):
        assert any(about in line for line in said), about


def test_where_everything_is_missing_each_thing_says_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith(("AWS_", "SLACK_", "SPOTTER_", "DATABASE_URL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONFIG_FILE", "nowhere")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "nowhere")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    monkeypatch.setenv("SPOTTER_VISION", "rekognition")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(cli, ["doctor"])

    bad = [line for line in told.stdout.splitlines() if line.startswith("bad")]
    assert told.exit_code == 1
    assert [line.split(":")[0] for line in bad] == [
        "bad   Slack bot token",
        "bad   Slack events",
        "bad   engine",
        "bad   database",
    ]
    assert "mend 4 things" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("given", "what", "told"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "Slack bot token", "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)."),
        (
            {"slack_app_token": "xapp-wrong"},
            "Slack app-level token",
            "Slack does not accept SLACK_APP_TOKEN (invalid_auth).",
        ),
        ({"slack_api_url": "http://127.0.0.1:9/api/"}, "Slack bot token", "Slack does not answer."),
    ],
)
def test_a_wrong_token_is_found(setting: Setting, given: dict[str, str], what: str, told: str) -> None:
    assert found(slack.examine(setting(**given)), what) == [("bad", told)]


def test_a_bot_token_of_a_whole_organization_is_found(setting: Setting) -> None:
    with LocalSlack(organization="E0HARBOUR") as grid:
        findings = slack.examine(setting(slack_api_url=grid.api_url))

        assert found(findings, "Slack bot token") == [("bad", "SLACK_BOT_TOKEN opens a whole organization.")]


@pytest.mark.parametrize(
    ("less", "more", "expected"),
    [
        ({"files:read"}, set(), ("bad", "files:read is missing.")),
        (set(), {"users:read.email"}, ("warn", "users:read.email is not needed.")),
        (set(), {"channels:history"}, ("ok", "all 9 are granted.")),
    ],
)
def test_the_granted_scopes_are_compared_with_those_that_are_needed(
    setting: Setting, slack_app: LocalSlack, less: set[str], more: set[str], expected: tuple[str, str]
) -> None:
    granted = set(slack_app.workspace.scopes)
    slack_app.workspace.scopes = granted - less | more
    try:
        assert found(slack.examine(setting()), "Slack scopes") == [expected]
    finally:
        slack_app.workspace.scopes = granted


@pytest.mark.parametrize(("seconds", "state"), [(2, "ok"), (90, "warn"), (-400, "bad")])
def test_a_clock_that_is_wrong_is_found(setting: Setting, seconds: int, state: str) -> None:
    """Slack's clock is told with a refusal, too: no token is needed."""
    wrong = lambda: datetime.now(UTC) + timedelta(seconds=seconds)  # noqa: E731  # a name for the call below

    [(found_state, _)] = found(slack.examine(setting(slack_bot_token=""), wrong), "clock")

    assert found_state == state


def test_a_database_that_is_not_up_to_date_is_found(setting: Setting) -> None:
    settings = setting()
    storage = Storage(settings.database)
    with storage.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0001'"))
    storage.close()

    assert ("warn", "The database is not up to date. Run: spotter db upgrade") in found(
        doctor.examine(settings), "database"
    )


def test_a_database_that_takes_nothing_is_found(
    slack_app: LocalSlack, new_database: Callable[[str], str], tmp_path: Path
) -> None:
    read_only = f"{new_database('postgresql')}&options=-c%20default_transaction_read_only%3Don"
    findings = found(database.examine(settings_for(slack_app, read_only, tmp_path)), "database")

    assert findings == [
        ("ok", "its tables are up to date."),
        ("bad", "The database does not let me write: cannot execute DELETE in a read-only transaction."),
        ("warn", "row-level security does not hold for its user."),
    ]


@pytest.mark.parametrize(("keys", "state"), [("theirs", "ok"), ("others", "bad"), ("", "bad")])
def test_keys_that_do_not_open_the_tokens_are_found(setting: Setting, keys: str, state: str) -> None:
    known = {"theirs": new_key(), "others": new_key(), "": ""}
    settings = setting(slack_client_id="1.2", slack_client_secret="not told", keys=known[keys])  # noqa: S106  # opens nothing
    storage = Storage(settings.database)
    Installations(storage.tenancy, Seal([known["theirs"]])).keep(
        Installed(workspace="T1", name="", bot_token=keys, bot_user="U1", scopes=("commands",), installed_by="U2")
    )
    storage.close()

    findings = [*doctor.examine(settings)]

    assert [one.state for one in findings if one.what == "keys"] == [state]
    assert any(one.what == "Slack scopes of T1" and one.state == "bad" for one in findings) == (state == "ok")


def test_a_variable_that_is_misspelled_is_found(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTTER_WORKRS", "3")
    monkeypatch.setenv("SPOTTER_TEA", "mint")

    told = {str(one) for one in doctor.examine(setting()) if one.what == "settings"}

    assert told >= {
        "warn  settings: nobody reads SPOTTER_TEA. `.env.example` has every variable.",
        "warn  settings: nobody reads SPOTTER_WORKRS. Did you mean SPOTTER_WORKERS?",
    }


def test_a_folder_that_others_can_look_into_is_found(setting: Setting, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    assert found(doctor.examine(setting()), "home") == [("warn", f"others on this machine can look into {tmp_path}.")]


class Amazon:
    """An account whose services say what a test wrote."""

    def __init__(self) -> None:
        self.service = Service()
        self._rekognition = self.service.door().client
        self._stubs: dict[str, Stubber] = {}

    def stub(self, name: str) -> Stubber:
        """What another service than Rekognition says."""
        if name not in self._stubs:
            client: Any = boto3.client(name, region_name=IRELAND, **NO_KEYS)  # type: ignore[call-overload]  # its stubs know literals
            self._stubs[name] = Stubber(client)
            self._stubs[name].activate()
        return self._stubs[name]

    def account(self) -> Account:
        """The account."""
        return Account(lambda name: self._rekognition if name == "rekognition" else self.stub(name).client)


@pytest.fixture
def amazon() -> Amazon:
    return Amazon()


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("AccessDeniedException", False),
        ("InvalidImageFormatException", True),
        ("ResourceNotFoundException", True),
        ("InvalidParameterException", True),
    ],
)
def test_a_permission_is_there_where_something_else_was_refused(amazon: Amazon, code: str, *, allowed: bool) -> None:
    operations = sorted({*EVERYTHING, *iam.COLLECTIONS, "create_collection"})
    for _ in operations:
        amazon.service.refuses(code)
    account = amazon.account()

    assert {account.allows(one, "111122223333") for one in operations} == {allowed}
    assert amazon.service.calls == [iam.action(one) for one in operations]


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [("ExpiredTokenException", 400, VisionDenied), ("UnknownOperationException", 400, VisionError)],
)
def test_where_amazon_does_not_tell_of_a_permission_nobody_guesses(
    amazon: Amazon, code: str, status: int, error: type[VisionError]
) -> None:
    amazon.service.refuses(code, status)

    with pytest.raises(error):
        amazon.account().allows("detect_text")


def test_permissions_of_people_are_one_line_where_none_is_there(amazon: Amazon) -> None:
    for _ in range(7):
        amazon.service.refuses("InvalidImageFormatException")
    for _ in range(13):
        amazon.service.refuses("AccessDeniedException")

    findings = [*aws.permissions(amazon.account(), EVERYTHING, "111122223333")]

    assert [one.state for one in findings] == ["ok"] * 8
    assert "spotter iam --faces" in findings[-1].mend


def test_where_nothing_may_be_looked_at_the_bot_could_not_work(amazon: Amazon) -> None:
    for _ in range(20):
        amazon.service.refuses("AccessDeniedException")

    findings = [*aws.permissions(amazon.account(), EVERYTHING, "111122223333")]

    assert found(iter(findings), "rekognition:DetectProtectiveEquipment")[0][0] == "ok"
    assert ("bad", "nothing may be looked at.") in found(iter(findings), "AWS permissions")
    assert (
        Finding("warn", "rekognition:DetectText", "not allowed.", "Put on what `spotter iam` prints, or turn it off.")
        in findings
    )


def test_the_whole_account_is_looked_at(amazon: Amazon, setting: Setting) -> None:
    amazon.stub("sts").add_response(
        "get_caller_identity", {"Account": "111122223333", "Arn": "arn:aws:iam::111122223333:user/spotter"}
    )
    amazon.stub("service-quotas").add_client_error("list_service_quotas", "AccessDeniedException")
    amazon.stub("organizations").add_client_error("describe_effective_policy", "AWSOrganizationsNotInUseException")
    for _ in range(20):
        amazon.service.refuses("ResourceNotFoundException")

    findings = [*aws.examine(setting(), amazon.account(), FACES, IRELAND)]

    assert findings[0] == Finding("ok", "AWS", "I am arn:aws:iam::111122223333:user/spotter.")
    assert found(iter(findings), "AWS region")[0][0] == "warn"
    assert [one.state for one in findings if one.what in ("AWS quotas", "AWS opt-out")] == ["look", "look"]
    assert not [one for one in findings if one.state == "bad"]


def test_credentials_that_amazon_does_not_know_are_found(amazon: Amazon, setting: Setting) -> None:
    amazon.stub("sts").add_client_error("get_caller_identity", "InvalidClientTokenId")

    [finding] = aws.examine(setting(), amazon.account(), EVERYTHING, IRELAND)

    assert finding.state == "bad"
    assert finding.told.startswith("AWS does not accept my credentials")


@pytest.mark.parametrize(
    ("granted", "state", "mend"),
    [(50.0, "ok", ""), (25.0, "warn", "Set SPOTTER_QUOTAS=detect_text=25")],
)
def test_quotas_are_compared_with_the_pace(amazon: Amazon, granted: float, state: str, mend: str) -> None:
    name = "Transactions per second per account for the Amazon Rekognition Image operation DetectText"
    amazon.stub("service-quotas").add_response(
        "list_service_quotas", {"Quotas": [{"QuotaName": name, "Value": granted}, {"QuotaName": "Faces", "Value": 1.0}]}
    )

    [finding] = aws.quotas(amazon.account(), (), IRELAND)

    assert (finding.state, finding.mend) == (state, mend)


@pytest.mark.parametrize(
    ("services", "out"),
    [
        ('{"services":{"rekognition":{"opt_out_policy":"optOut"}}}', True),
        ('{"services":{"default":{"opt_out_policy":"optOut"}}}', True),
        ('{"services":{"default":{"opt_out_policy":"optOut"},"rekognition":{"opt_out_policy":"optIn"}}}', False),
        ('{"services":{}}', False),
    ],
)
def test_the_opt_out_of_the_organization_is_read(amazon: Amazon, services: str, out: bool) -> None:  # noqa: FBT001  # pytest hands it over by name
    amazon.stub("organizations").add_response(
        "describe_effective_policy", {"EffectivePolicy": {"PolicyContent": services}}
    )

    assert amazon.account().opted_out() is out


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """An account with a bucket; S3 is moto's."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with mock_aws():
        client = boto3.client("s3", region_name=IRELAND)
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": IRELAND})
        yield Account(lambda name: boto3.client(name, region_name=IRELAND))  # type: ignore[call-overload]  # its stubs know literals
        assert "Contents" not in client.list_objects_v2(Bucket=BUCKET)


def test_a_bucket_takes_a_photo_and_keeps_nothing(s3: Account) -> None:
    assert s3.bucket_region(BUCKET) == IRELAND
    assert s3.missing_in(BUCKET) == ()


def test_a_bucket_that_is_not_there_is_found(s3: Account) -> None:
    with pytest.raises(VisionError, match="NoSuchBucket"):
        s3.missing_in("nobodys-photos")
