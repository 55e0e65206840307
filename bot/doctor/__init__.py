"""The doctor: everything that Spotter needs from others, looked at once, a line each and how to mend it."""

from collections.abc import Callable, Iterator

from bot.core.plural import counted
from bot.doctor import aws, database, machine, slack
from bot.doctor.finding import Finding
from bot.errors import SetupError
from bot.eyes import may_ask_amazon
from bot.settings import Settings


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Say each finding as soon as it is there.

    Raises:
        SetupError: Spotter could not work.
    """
    bad = 0
    for finding in examine(settings):
        say(str(finding))
        bad += finding.state == "bad"
    if bad:
        raise SetupError(f"Spotter could not work: mend {counted(bad, 'thing')} marked bad.")


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything; nothing is changed, and nothing is paid."""
    yield from slack.examine(settings)
    yield from _eyes(settings)
    yield from database.examine(settings)
    yield from machine.examine(settings)


def _eyes(settings: Settings) -> Iterator[Finding]:
    from bot.vision import rekognition  # noqa: PLC0415  # boto3 takes 0.1 s to import
    from bot.vision.account import Account, clients  # noqa: PLC0415  # as above

    try:
        if not may_ask_amazon(settings):
            yield from _without_account(wanted=settings.vision == "rekognition")
            return
        vision = rekognition.connect()
    except SetupError as error:
        yield Finding("bad", "engine", error.say)
        return
    yield Finding("ok", "engine", f"photos are looked at by {vision.name} in {vision.region}.")
    yield from aws.examine(settings, Account(clients(vision.region)), vision.operations, vision.region)


def _without_account(*, wanted: bool) -> Iterator[Finding]:
    if wanted:
        mend = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or SPOTTER_VISION=embedded."
        yield Finding("bad", "engine", "there are no AWS credentials.", mend)
        return
    yield Finding("ok", "engine", "photos are looked at on this machine, and cost nothing.")
    yield from machine.weights()
