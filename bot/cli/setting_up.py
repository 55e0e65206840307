"""What has to be there before Spotter works: accounts, tables, keys; and whether it is."""

import json
import re
from collections.abc import Callable

import click

from bot.cli.edge import operator, said


def _like(pattern: str, example: str) -> Callable[[click.Context, click.Parameter, str], str]:
    """Refuse what has not this form, and is not empty."""

    def check(_context: click.Context, _option: click.Parameter, value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise click.BadParameter(f"{value!r} is not like {example}.")
        return value

    return check


_ADDRESS = _like(r"https://[^\s?#]+", "https://spotter.example.org")
_REGION = _like(r"[a-z]+(-[a-z]+)+-\d+", "eu-west-1")
_ACCOUNT = _like(r"\d{12}", "123456789012")


@click.command()
@click.option("--url", default="", callback=_ADDRESS, help="Your public address, for HTTP; without it, Socket Mode.")
@click.option("--steps", is_flag=True, help="With the steps for Workflow Builder: paid plans of Slack only.")
@said
def manifest(*, url: str, steps: bool) -> None:
    """Print the Slack app manifest, made from what the code handles."""
    from handlers.manifest import manifest as make  # noqa: PLC0415

    click.echo(json.dumps(make(url, steps=steps), indent=2, ensure_ascii=False))


@click.command()
@click.option("--faces", is_flag=True, help="People may be enrolled and found.")
@click.option(
    "--detectors", default="", metavar="NAME,NAME", help="Only these; protective_equipment and custom_labels, too."
)
@click.option("--bucket", default="", help="The S3 bucket for photos over 5 MB, as in SPOTTER_S3_BUCKET.")
@click.option("--region", default="", callback=_REGION, help="Allow it in this region alone, such as eu-west-1.")
@click.option(
    "--account", default="", callback=_ACCOUNT, help="The AWS account's number, for the names of what is ours."
)
@said
def iam(*, faces: bool, detectors: str, bucket: str, region: str, account: str) -> None:
    """Print the AWS policy that allows what is switched on, and nothing else."""
    from bot.core.iam import Account  # noqa: PLC0415
    from bot.terminal.policy import run  # noqa: PLC0415

    run(detectors, Account(region=region, number=account), click.echo, faces=faces, bucket=bucket)


@click.command()
@said
def doctor() -> None:
    """Check every account, permission, region and disk; exit non-zero if the bot could not work."""
    from bot.doctor import run  # noqa: PLC0415

    run(operator(quiet=True), click.echo)


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@said
def upgrade() -> None:
    """Bring the tables up to date."""
    from bot import eyes  # noqa: PLC0415

    eyes.upgrade(operator(quiet=True))
    click.echo("The database is up to date.")


@click.group()
def keys() -> None:
    """Look after the keys that encrypt the tokens of many workspaces."""


@keys.command()
def new() -> None:
    """Print a new key, for SPOTTER_KEYS."""
    from storage.sealing import new_key  # noqa: PLC0415

    click.echo(new_key())


@keys.command()
@said
def rotate() -> None:
    """Encrypt every token anew with the first key of SPOTTER_KEYS; then the others may go."""
    from bot.terminal.keys import rotate as run  # noqa: PLC0415

    run(operator(quiet=True), click.echo)
