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
    slack_client_id: str = Field(default="", validation_alias="SLACK_CLIENT_ID")
    """The app's client id, for many workspaces: each installs Spotter at `/slack/install` of `spotter web`."""
    slack_client_secret: SecretStr = Field(default=SecretStr(""), validation_alias="SLACK_CLIENT_SECRET")
    """The app's client secret; with it and the client id, SLACK_BOT_TOKEN is not used."""
    keys: SecretStr = Field(default=SecretStr(""), validation_alias="SPOTTER_KEYS")
    """What encrypts the tokens of many workspaces, newest first, comma between; `spotter keys new` makes one."""
    asks_per_minute: int = Field(default=30, ge=1, le=1_000_000, validation_alias="SPOTTER_ASKS_PER_MINUTE")
    """How many commands and buttons one person may use in a minute."""
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
    daily_share: int = Field(default=20, ge=1, le=100, validation_alias="SPOTTER_DAILY_SHARE")
    """How much of that may be spent in one day for channels, in percent: a flood leaves some for the other days."""
    photos_per_person: int = Field(default=60, ge=0, le=1_000_000, validation_alias="SPOTTER_PHOTOS_PER_PERSON")
    """How many photos of one person a paid engine looks at in an hour; the others wait. 0 is as many as come."""
    photos_per_channel: int = Field(default=300, ge=0, le=1_000_000, validation_alias="SPOTTER_PHOTOS_PER_CHANNEL")
    """The same for all photos of one channel."""
    quotas: Annotated[tuple[str, ...], NoDecode] = Field(default=(), validation_alias="SPOTTER_QUOTAS")
    """Rekognition's calls a second where AWS raised them for you: `detect_text=100,detect_faces=200`."""
    s3_bucket: str = Field(default="", validation_alias="SPOTTER_S3_BUCKET")
    """A bucket in Rekognition's region for photos over 5 MB, which lie there only while they are looked at."""
    cards: bool = Field(default=False, validation_alias="SPOTTER_CARDS")
    """Whether `/findbib` shows a carousel of cards, which Slack has had since 2026; older apps show nothing of it."""
    keep_photos_days: int = Field(default=90, ge=1, le=3650, validation_alias="SPOTTER_KEEP_PHOTOS_DAYS")
    """How long what was found in a photo is kept and can be searched, in days; the answers in Slack stay."""
    keep_audit_days: int = Field(default=400, ge=90, le=3650, validation_alias="SPOTTER_KEEP_AUDIT_DAYS")
    """How long it is kept who did what, in days."""
    keep_consents_days: int = Field(default=1096, ge=30, le=3650, validation_alias="SPOTTER_KEEP_CONSENTS_DAYS")
    """How long it is kept, without a name, that a consent was given and taken back, in days from its end on."""
    keep_records_days: int = Field(default=1096, ge=90, le=3650, validation_alias="SPOTTER_KEEP_RECORDS_DAYS")
    """How long it is kept what was spent, and where answers stand, in days; older answers outlive their photos."""
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
    log_format: Literal["text", "json"] = Field(default="text", validation_alias="SPOTTER_LOG_FORMAT")
    """How it is written: lines for people, or JSON objects for whatever collects them."""
    metrics_port: int = Field(default=0, ge=0, le=65535, validation_alias="SPOTTER_METRICS_PORT")
    """Where `spotter run` and `spotter worker` show `/metrics`, on 127.0.0.1 alone; 0 is nowhere."""

    @field_validator("slack_file_hosts", "quotas", mode="before")
    @classmethod
    def _commas(cls, given: object) -> object:
        return tuple(filter(None, given.replace(" ", "").split(","))) if isinstance(given, str) else given

    @property
    def many_workspaces(self) -> bool:
        """Whether workspaces install Spotter by themselves; else there is the one of the bot token."""
        return bool(self.slack_client_id and self.slack_client_secret.get_secret_value())

    @property
    def every_key(self) -> tuple[str, ...]:
        """The keys, newest first."""
        return tuple(filter(None, self.keys.get_secret_value().replace(" ", "").split(",")))

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every token, secret and key, so that the log can leave them out."""
        given = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        return tuple(filter(None, (*given, *self.every_key)))

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
