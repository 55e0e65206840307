"""The terminal. Every import that costs time stands inside its command, so that `--help` stays instant."""

import json
import logging
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from bot.errors import SpotterError

P = ParamSpec("P")
R = TypeVar("R")


def _said(command: Callable[P, R]) -> Callable[P, R]:
    """The one catch of this edge: an error of ours is a sentence and a non-zero exit."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SpotterError as error:
            raise click.ClickException(error.say) from error

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="spotter")
def cli() -> None:
    """Spotter looks at the photos that a team drops in Slack, and answers in the thread."""


@cli.command()
@click.option("--once", is_flag=True, help="Drop the sample photos, print each thread, and end.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The workspace's port; 0 takes a free one.")
@click.option("--socket", "over_socket", is_flag=True, help="Let the bot talk over Socket Mode instead of HTTP.")
@click.option("--fresh", is_flag=True, help="Begin anew: forget what earlier runs have left.")
@_said
def demo(*, once: bool, port: int, over_socket: bool, fresh: bool) -> None:
    """Show Spotter at work in a Slack workspace on this machine, without any account."""
    from bot.demo.story import show  # noqa: PLC0415

    show(once=once, port=port, over_socket=over_socket, fresh=fresh, say=click.echo)


@cli.command()
@_said
def run() -> None:
    """Run the bot over Socket Mode: one process, no public address."""
    from bot import running  # noqa: PLC0415

    running.run_socket(_settings())


@cli.command()
@_said
def web() -> None:
    """Serve Slack over HTTP; with SQLite this process does the jobs, too."""
    from bot import running  # noqa: PLC0415

    running.run_web(_settings())


@cli.command()
@_said
def worker() -> None:
    """Do the jobs, beside `web`; as many workers as you like, on PostgreSQL."""
    from bot import running  # noqa: PLC0415

    running.run_worker(_settings())


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH|URL]...")
@click.option(
    "--from",
    "listed_in",
    type=click.File(encoding="utf-8-sig", errors="surrogateescape"),
    metavar="FILE",
    help="Scan the paths and links that stand in this file, one a line; - reads standard input.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the index as JSON.")
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Write the index to this file as CSV, too.",
)
@click.option("--bib", "bibs", multiple=True, metavar="N", help="Keep this bib only; may be given again.")
@click.option(
    "--start-list",
    type=click.Path(exists=True, dir_okay=False),
    metavar="CSV",
    help="Assert only bibs on this list: a CSV with bib and name.",
)
@click.option("--format", "mask", default="", metavar="MASK", help="How a bib looks: [A-F]\\d{3}, ?\\d{2,4}.")
@click.option(
    "--into",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Make a folder per bib there, with links to its photos; NOT_FOUND holds those without one.",
)
@click.option("--copy", is_flag=True, help="With --into: copy photos in place of linking them.")
@click.option("--keywords", is_flag=True, help="With --into: write BIB:1234 to an XMP file beside each photo.")
@click.option("--faces", is_flag=True, help="Look for faces, too: with Amazon Rekognition a second paid call.")
@click.option("--yes", is_flag=True, help="Do not ask about the price.")
@_said
def scan(**wanted: Any) -> None:
    """Read the bib numbers in files, folders, zip files and links.

    Answers are kept: the same scan again costs nothing and goes on where it ended.
    """
    from bot.scan_command import Wanted, run  # noqa: PLC0415

    run(Wanted(**wanted), _settings(quiet=True))


@cli.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a photo.")
@_said
def analyse(*, paths: Sequence[str], as_json: bool) -> None:
    """Tell all that is in photos: labels, words, bibs, faces, people, celebrities, unsafe content."""
    from bot.look_command import analyse as run  # noqa: PLC0415

    run(paths, _settings(quiet=True), click.echo, as_json=as_json)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a photo.")
@_said
def whois(*, paths: Sequence[str], as_json: bool) -> None:
    """Tell who is in photos, of those whom `enroll` has made known."""
    from bot.look_command import whois as run  # noqa: PLC0415

    run(paths, _settings(quiet=True), click.echo, as_json=as_json)


@cli.command()
@click.argument("channel")
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--workspace", default="", help="The workspace's id; asked of Slack where it is not given.")
@_said
def settings(*, channel: str, changes: Sequence[str], workspace: str) -> None:
    """Show a channel's settings, or change them: spotter settings C0123ABCD on=no detectors=text,faces."""
    from bot import entrance, eyes  # noqa: PLC0415
    from bot.core.settling import changed, shown  # noqa: PLC0415
    from bot.detectors import every_name  # noqa: PLC0415

    operator = _settings(quiet=True)
    workspace = workspace or entrance.workspace_of(operator)
    with eyes.memory(operator) as storage, storage.begin(workspace) as work:
        settled = changed(work.channels.settings(channel), changes, every_name())
        work.channels.settle(channel, settled, by="terminal")
    click.echo(shown(settled))


@cli.command()
@click.argument("channel")
@click.argument("table", metavar="CSV", type=click.Path(exists=True, dir_okay=False))
@click.option("--workspace", default="", help="The workspace's id; asked of Slack where it is not given.")
@_said
def startlist(*, channel: str, table: str, workspace: str) -> None:
    """Take a CSV as a channel's start list: bib, name, any more columns."""
    from bot import entrance, eyes  # noqa: PLC0415
    from bot.events import use_table  # noqa: PLC0415

    operator = _settings(quiet=True)
    with eyes.memory(operator) as storage:
        workspace, rows = workspace or entrance.workspace_of(operator), Path(table).read_bytes()
        runners = use_table(storage, workspace, channel, rows, by="terminal")
    click.echo(f"{runners} runners are on the start list of {channel}.")


@cli.command()
@click.argument("name")
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--consent", required=True, metavar="REF", help="Where the written consent to both is kept.")
@_said
def enroll(*, name: str, photos: Sequence[str], consent: str) -> None:
    """Make somebody known by photos of their face; you attest that they agreed to be found, and to be named.

    One good photo is enough; three to five from different sides are better.
    """
    from bot.enroll_command import Wanted, run  # noqa: PLC0415

    run(Wanted(name, photos, consent), _settings(quiet=True), click.echo)


@cli.command()
@click.option("--workspace", default="", help="The workspace's id; asked of Slack where it is not given.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_said
def reindex(*, workspace: str, yes: bool) -> None:
    """Learn all enrolment photos anew, such as for a newer model of Amazon's; those that Slack still has."""
    from bot.reindex_command import run  # noqa: PLC0415

    agreed = lambda question: yes or click.confirm(question)  # noqa: E731  # a name for the call below
    run(workspace, _settings(quiet=True), say=click.echo, agreed=agreed)


@cli.command()
@click.option("--url", default="", help="Your public address, for HTTP; without it, Socket Mode.")
@click.option("--steps", is_flag=True, help="With the steps for Workflow Builder: paid plans of Slack only.")
@_said
def manifest(*, url: str, steps: bool) -> None:
    """Print the Slack app manifest, made from what the code handles."""
    from handlers.manifest import manifest as make  # noqa: PLC0415

    click.echo(json.dumps(make(url, steps=steps), indent=2, ensure_ascii=False))


@cli.command()
@click.option("--faces", is_flag=True, help="People may be enrolled and found.")
@click.option("--detectors", metavar="NAME,NAME", help="Only these; protective_equipment and custom_labels, too.")
@click.option("--bucket", default="", help="The S3 bucket for photos over 5 MB, as in SPOTTER_S3_BUCKET.")
@click.option("--region", default="", help="Allow it in this region alone, such as eu-west-1.")
@click.option("--account", default="", help="The AWS account's number, for the names of what is ours.")
@_said
def iam(*, faces: bool, detectors: str | None, bucket: str, region: str, account: str) -> None:
    """Print the AWS policy that allows what is switched on, and nothing else."""
    from bot.core.channel import USUAL_DETECTORS  # noqa: PLC0415
    from bot.core.iam import Account, policy  # noqa: PLC0415
    from bot.detectors import operations_of  # noqa: PLC0415

    operations = operations_of(detectors.split(",") if detectors else USUAL_DETECTORS)
    where = Account(region=region, number=account)
    click.echo(json.dumps(policy(operations, faces=faces, bucket=bucket, account=where), indent=2))


@cli.command()
@_said
def doctor() -> None:
    """Check every account, permission, region and disk; exit non-zero if the bot could not work."""
    from bot.doctor import run  # noqa: PLC0415

    run(_settings(quiet=True), click.echo)


@cli.command()
@_said
def status() -> None:
    """Tell how Spotter is: who looks, what waits, who works, what was spent; exit non-zero if nothing works."""
    from bot.status_command import run  # noqa: PLC0415

    run(_settings(quiet=True), click.echo)


@cli.group()
def audit() -> None:
    """Look after the audit log: who did what."""


@audit.command()
@click.option("--workspace", default="", help="The workspace's id; all of them where it is not given.")
@_said
def verify(*, workspace: str) -> None:
    """Walk the chain of the log; exit non-zero with the number of the first row that was changed or taken out."""
    from bot.audit_command import verify as run  # noqa: PLC0415

    run(workspace, _settings(quiet=True), click.echo)


@audit.command()
@click.option("--workspace", default="", help="The workspace's id; all of them where it is not given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row.")
@_said
def show(*, workspace: str, as_json: bool) -> None:
    """Print the log, oldest row first."""
    from bot.audit_command import show as run  # noqa: PLC0415

    run(workspace, _settings(quiet=True), click.echo, as_json=as_json)


@cli.group()
def db() -> None:
    """Look after the database."""


@db.command()
@_said
def upgrade() -> None:
    """Bring the tables up to date."""
    from bot import eyes  # noqa: PLC0415

    eyes.upgrade(_settings(quiet=True))
    click.echo("The database is up to date.")


@cli.group()
def keys() -> None:
    """Look after the keys that encrypt the tokens of many workspaces."""


@keys.command()
def new() -> None:
    """Print a new key, for SPOTTER_KEYS."""
    from storage.sealing import new_key  # noqa: PLC0415

    click.echo(new_key())


@keys.command()
@_said
def rotate() -> None:
    """Encrypt every token anew with the first key of SPOTTER_KEYS; then the others may go."""
    from bot import entrance, eyes  # noqa: PLC0415

    operator = _settings(quiet=True)
    with eyes.memory(operator) as storage:
        renewed = entrance.installations(operator, storage).renew()
    click.echo(f"Tokens that are encrypted with the first key now: {renewed}.")


def _settings(*, quiet: bool = False) -> Any:
    """Read the settings and set up the log: on the terminal's commands only warnings, so that output stays readable."""
    from bot.log import start  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415

    read = read_settings()
    start(logging.WARNING if quiet else read.log_level, read.secrets, read.log_format)
    return read
