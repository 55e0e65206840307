"""A running bot for tests: built by `bot.app` like any other, served from a thread of the test's process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import app
from bot.demo.server import LocalSlack
from bot.settings import Settings, read_settings
from bot.web import web
from tests.serving import served


def settings_for(slack: LocalSlack, database: str, home: Path, **more: object) -> Settings:
    """Settings that know nothing of this machine's accounts."""
    given: dict[str, object] = {
        "slack_bot_token": slack.bot_token,
        "slack_app_token": slack.app_token,
        "slack_signing_secret": slack.signing_secret,
        "slack_api_url": slack.api_url,
        "slack_file_hosts": (slack.file_host,),
        "database_url": database,
        "home": home,
        "vision": "embedded",
        "asks_per_minute": 1_000_000,
    }
    return read_settings(_env_file=None, **{**given, **more})


@contextmanager
def running(slack: LocalSlack, settings: Settings) -> Iterator[tuple[app.Bot, str]]:
    """Run the bot over HTTP, its jobs in the same process, with the workspace's deliveries going to its address."""
    with app.bot(settings, "all") as bot, served(web(bot.app, {"database": bot.storage.ready})) as url:
        slack.connect(f"{url}/slack/events")
        yield bot, url
