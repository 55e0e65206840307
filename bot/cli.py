"""The terminal. Every import that costs time stands inside its command, so that `--help` stays instant."""

import json
import logging
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import click

from bot.errors import SpotterError

_ASK_ABOVE: Final = 100
"""Paid photos above which the price is shown and asked (DESIGN §7)."""

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
@_said
def demo(*, once: bool, port: int) -> None:
    """Show Spotter at work in a Slack workspace on this machine, without any account."""
    from bot.demo.story import show  # noqa: PLC0415

    show(once=once, port=port, say=click.echo)


@cli.command()
@_said
def run() -> None:
    """Run the bot over Socket Mode: one process, no public address."""
    from bot import app  # noqa: PLC0415

    app.run_socket(_settings())


@cli.command()
@_said
def web() -> None:
    """Serve Slack over HTTP; with SQLite this process does the jobs, too."""
    from bot import app  # noqa: PLC0415

    app.run_web(_settings())


@cli.command()
@_said
def worker() -> None:
    """Do the jobs, beside `web`; as many workers as you like, on PostgreSQL."""
    from bot import app  # noqa: PLC0415

    app.run_worker(_settings())


@cli.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the index as JSON.")
@click.option("--bib", "bibs", multiple=True, help="Keep this bib only; may be given again.")
@click.option("--faces", is_flag=True, help="Look for faces, too: with Amazon Rekognition a second paid call.")
@click.option("--yes", is_flag=True, help="Do not ask about the price.")
@_said
def scan(*, paths: Sequence[str], as_json: bool, bibs: Sequence[str], faces: bool, yes: bool) -> None:
    """Read the bib numbers in files and folders."""
    from bot import app  # noqa: PLC0415
    from bot.core.channel import ChannelSettings  # noqa: PLC0415
    from bot.scan import Index, files_of  # noqa: PLC0415
    from bot.scan import scan as scan_files  # noqa: PLC0415

    settings = _settings(quiet=True)
    with app.eyes(settings) as eyes:
        paid = eyes.looking.vision.paid
        asked = ChannelSettings(detectors=("text", "faces") if faces or not paid else ("text",))
        files = files_of(paths)
        _agree(len(files), ("detect_text", "detect_faces")[: len(asked.detectors)] if paid else (), yes=yes)
        index = Index()
        look = lambda data: eyes.spotter.look_at_bytes("local", data, asked)  # noqa: E731  # a name for the call below
        with _progress(files) as bar:
            for photo, looked in scan_files(files, look, workers=settings.workers):
                index.add(photo, looked)
                bar.update(1)
    index.only(bibs)
    click.echo(json.dumps(index.as_json(), indent=2, ensure_ascii=False) if as_json else _index_text(index))


@cli.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a photo.")
@_said
def analyse(*, paths: Sequence[str], as_json: bool) -> None:
    """Tell all that is in photos: labels, words, bibs, faces, celebrities, unsafe content."""
    from bot import app  # noqa: PLC0415
    from bot.core.analysis import as_text, to_json  # noqa: PLC0415
    from bot.core.channel import ChannelSettings  # noqa: PLC0415
    from bot.scan import files_of  # noqa: PLC0415
    from bot.scan import scan as scan_files  # noqa: PLC0415

    settings = _settings(quiet=True)
    asked = ChannelSettings(image_properties=True)
    with app.eyes(settings) as eyes:
        files = files_of(paths)
        look = lambda data: eyes.spotter.look_at_bytes("local", data, asked)  # noqa: E731  # a name for the call below
        with _progress(files) as bar:
            for photo, looked in scan_files(files, look, workers=settings.workers):
                bar.update(1)
                shown = json.dumps(to_json(photo, looked), ensure_ascii=False) if as_json else as_text(photo, looked)
                click.echo(shown)


@cli.command()
@click.argument("channel")
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--workspace", default="", help="The workspace's id; asked of Slack where it is not given.")
@_said
def settings(*, channel: str, changes: Sequence[str], workspace: str) -> None:
    """Show a channel's settings, or change them: spotter settings C0123ABCD on=no detectors=text,faces."""
    from bot import app  # noqa: PLC0415
    from bot.core.settling import changed, shown  # noqa: PLC0415

    operator = _settings(quiet=True)
    workspace = workspace or app.workspace_of(operator)
    with app.memory(operator) as storage, storage.begin(workspace) as work:
        settled = changed(work.channels.settings(channel), changes)
        work.channels.settle(channel, settled)
    click.echo(shown(settled))


@cli.command()
@click.option("--url", default="", help="Your public address, for HTTP; without it, Socket Mode.")
@_said
def manifest(*, url: str) -> None:
    """Print the Slack app manifest, made from what the code handles."""
    from handlers.manifest import manifest as make  # noqa: PLC0415

    click.echo(json.dumps(make(url), indent=2, ensure_ascii=False))


@cli.group()
def db() -> None:
    """Look after the database."""


@db.command()
@_said
def upgrade() -> None:
    """Bring the tables up to date."""
    from bot import app  # noqa: PLC0415

    app.upgrade(_settings(quiet=True))
    click.echo("The database is up to date.")


def _settings(*, quiet: bool = False) -> Any:
    """Read the settings and set up the log: on the terminal's commands only warnings, so that output stays readable."""
    from bot.log import start  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415

    read = read_settings()
    start(logging.WARNING if quiet else read.log_level)
    return read


def _progress(files: Sequence[Path]) -> Any:
    return click.progressbar(length=len(files), label="Looking", file=sys.stderr, show_pos=True)


def _agree(photos: int, operations: Sequence[str], *, yes: bool) -> None:
    """Show the price of a large paid scan, and ask.

    Raises:
        Abort: The person said no, or nobody is there to say yes.
    """
    from bot.core.money import dollars, price  # noqa: PLC0415

    cost = photos * sum(price(operation, {}) for operation in operations)
    if not cost or photos <= _ASK_ABOVE or yes:
        return
    click.echo(f"{photos} photos cost about {dollars(cost)} with Amazon Rekognition.", err=True)
    if not sys.stdin.isatty():
        raise click.ClickException("Say --yes to go on.")
    click.confirm("Go on?", abort=True, err=True)


def _index_text(index: Any) -> str:
    lines = [f"{number}: {', '.join(found['photo'] for found in photos)}" for number, photos in index.bibs.items()]
    lines += [f"failed: {one['photo']}: {one['error']}" for one in index.failed]
    return "\n".join([*sorted(lines), f"{len(index.bibs)} bibs in {index.photos} photos."])
