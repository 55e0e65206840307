"""What the operator can set, and what is said to a wrong value."""

from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no `.env` of this machine."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.chdir(tmp_path)


def test_with_nothing_set_everything_runs_without_an_account() -> None:
    settings = read_settings()

    assert settings.vision == "auto"
    assert settings.database == "sqlite:///.spotter/spotter.db"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.slack_file_hosts == ()
    assert settings.monthly_cap == 25.0


def test_the_environment_is_read_and_a_file_beside_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nPORT=4000\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "5000")

    settings = read_settings()

    assert settings.slack_bot_token.get_secret_value() == "xoxb-file"
    assert settings.port == 5000


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("", "sqlite:///home/spotter.db"),
        ("postgres://u:p@db/x", "postgresql+psycopg://u:p@db/x"),
        ("postgresql://u:p@db/x", "postgresql+psycopg://u:p@db/x"),
        ("postgresql+psycopg://u:p@db/x", "postgresql+psycopg://u:p@db/x"),
        ("sqlite:////var/spotter.db", "sqlite:////var/spotter.db"),
    ],
)
def test_the_databases_address_names_its_driver(given: str, read: str) -> None:
    assert read_settings(database_url=given, home=Path("home")).database == read


def test_extra_file_hosts_stand_in_one_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_FILE_HOSTS", "localhost:3000, 127.0.0.1:4000,")

    assert read_settings().slack_file_hosts == ("localhost:3000", "127.0.0.1:4000")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("SPOTTER_VISION", "azure"),
        ("SPOTTER_MONTHLY_CAP", "-1"),
        ("SPOTTER_WORKERS", "0"),
        ("SPOTTER_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_a_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SetupError, match=rf"^{name}: .+\.$"):
        read_settings()


def test_no_token_is_shown_where_the_settings_are_printed() -> None:
    settings = read_settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_signing_secret="s3cret")  # noqa: S106  # made up

    assert "xoxb" not in repr(settings)
    assert "xapp" not in repr(settings)
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize("name", ["HOME", "HOST", "WORKERS", "VISION", "LOG_LEVEL", "DATABASE"])
def test_a_variable_of_the_machine_is_not_mistaken_for_ours(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    usual = read_settings()
    monkeypatch.setenv(name, "7")

    assert read_settings() == usual
