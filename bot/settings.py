"""All that the operator can configure, read once from the environment and `.env`."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SetupError


class Settings(BaseSettings):
    """Every default runs without an account: the embedded engine, one SQLite file."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_prefix="SPOTTER_",  # else the name `home` would also read HOME
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    slack_bot_token: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_BOT_TOKEN")
    """The bot token, `xoxb-…`."""
    slack_app_token: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_APP_TOKEN")
    """The app-level token, `xapp-…`, with `connections:write`; for Socket Mode."""
    slack_signing_secret: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_SIGNING_SECRET")
    """The signing secret; for HTTP."""
    slack_api_url: str = Field(default="https://slack.com/api/", validation_alias="SLACK_API_URL")
    """Where the Web API is; another address is for local servers only."""
    slack_file_hosts: Annotated[tuple[str, ...], NoDecode] = Field(default=(), validation_alias="SLACK_FILE_HOSTS")
    """Extra hosts (`host` or `host:port`, comma between) that files may come from; for local servers only."""
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    """Where everything is remembered; empty means a SQLite file in `SPOTTER_HOME`."""
    home: Path = Field(default=Path(".spotter"), validation_alias="SPOTTER_HOME")
    """The folder of the default database, caches and demo state."""
    vision: Literal["auto", "rekognition", "embedded"] = Field(default="auto", validation_alias="SPOTTER_VISION")
    """Who looks: `auto` is Amazon Rekognition where AWS credentials are found, else the embedded engine."""
    monthly_cap: float = Field(default=25.0, ge=0, le=1_000_000, validation_alias="SPOTTER_MONTHLY_CAP")
    """What a workspace may spend on paid calls in a calendar month, in US dollars."""
    cards: bool = Field(default=False, validation_alias="SPOTTER_CARDS")
    """Whether `/findbib` shows a carousel of cards, which Slack has had since 2026; older apps show nothing of it."""
    workers: int = Field(default=4, ge=1, le=64, validation_alias="SPOTTER_WORKERS")
    """How many photos one process works on at once."""
    host: str = Field(default="127.0.0.1", validation_alias="SPOTTER_HOST")
    """The address that `spotter web` listens on; a platform that sets `PORT` wants `0.0.0.0`."""
    port: int = Field(default=3000, ge=1, le=65535, validation_alias="PORT")
    """The port that `spotter web` listens on."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias="SPOTTER_LOG_LEVEL"
    )
    """How much is logged."""

    @field_validator("slack_file_hosts", mode="before")
    @classmethod
    def _commas(cls, given: object) -> object:
        return tuple(filter(None, given.replace(" ", "").split(","))) if isinstance(given, str) else given

    @property
    def database(self) -> str:
        """The database's URL, with the default filled in and PostgreSQL's driver named."""
        if not self.database_url:
            return f"sqlite:///{self.home / 'spotter.db'}"
        for plain in ("postgres://", "postgresql://"):
            if self.database_url.startswith(plain):
                return "postgresql+psycopg://" + self.database_url.removeprefix(plain)
        return self.database_url


def read_settings(**given: object) -> Settings:
    """Read the environment; `given` outranks it.

    Raises:
        SetupError: A value is out of its range; the sentence names the variable.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each one
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SetupError(f"{name}: {first['msg']}.") from error


def env_example() -> str:
    """The text of `.env.example`: each variable with its default, and what it is for."""
    first = "# Copy to .env and fill in what you need; every line may stay away. AWS_* are read by boto3 itself.\n"
    fields = Settings.model_fields.values()
    told = [f"# {one.description}\n#{one.validation_alias}={_shown(one.get_default())}\n" for one in fields]
    return "\n".join([first, *told])


def _shown(value: object) -> str:
    match value:
        case SecretStr():
            return ""
        case tuple():
            return ",".join(map(str, value))
        case _:
            return str(value)
