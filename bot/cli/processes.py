"""What runs until it is stopped: the bot, and the demo."""

from importlib.util import find_spec

import click

from bot.cli.edge import operator, said
from bot.errors import SetupError


@click.command()
@click.option("--once", is_flag=True, help="Drop the sample photos, print each thread, and end.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The workspace's port; 0 takes a free one.")
@click.option("--socket", "over_socket", is_flag=True, help="Let the bot talk over Socket Mode instead of HTTP.")
@click.option("--fresh", is_flag=True, help="Begin anew: forget what earlier runs have left.")
@said
def demo(*, once: bool, port: int, over_socket: bool, fresh: bool) -> None:
    """Show Spotter at work in a Slack workspace on this machine, without any account."""
    if not all(map(find_spec, ("jsonschema", "websockets"))):
        raise SetupError("The demo is not installed. Run: pip install --require-hashes -r requirements/demo.txt")
    from bot.demo.story import show  # noqa: PLC0415

    show(once=once, port=port, over_socket=over_socket, fresh=fresh, say=click.echo)


@click.command()
@said
def run() -> None:
    """Run the bot over Socket Mode: one process, no public address."""
    from bot import running  # noqa: PLC0415

    running.run_socket(operator())


@click.command()
@said
def web() -> None:
    """Serve Slack over HTTP; with SQLite this process does the jobs, too."""
    from bot import running  # noqa: PLC0415

    running.run_web(operator())


@click.command()
@said
def worker() -> None:
    """Do the jobs, beside `web`; as many workers as you like, on PostgreSQL."""
    from bot import running  # noqa: PLC0415

    running.run_worker(operator())
