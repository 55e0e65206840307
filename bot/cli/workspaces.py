"""What an operator looks after in a workspace: channels, faces, the audit log; and how Spotter is."""

from collections.abc import Sequence

import click

from bot.cli.edge import operator, said

_WORKSPACE = click.option("--workspace", default="", help="The workspace's id; asked of Slack where it is not given.")
_WORKSPACE_OR_ALL = click.option(
    "--workspace", default="", help="The workspace's id; all of them where it is not given."
)


@click.command()
@click.argument("channel")
@click.argument("changes", nargs=-1, metavar="[NAME=VALUE]...")
@_WORKSPACE
@said
def settings(*, channel: str, changes: Sequence[str], workspace: str) -> None:
    """Show a channel's settings, or change them: spotter settings C0123ABCD on=no detectors=text,faces."""
    from bot.terminal.channel import settle  # noqa: PLC0415

    settle(channel, changes, workspace, operator(quiet=True), click.echo)


@click.command()
@click.argument("channel")
@click.argument("table", metavar="CSV", type=click.Path(exists=True, dir_okay=False))
@_WORKSPACE
@said
def startlist(*, channel: str, table: str, workspace: str) -> None:
    """Take a CSV as a channel's start list: bib, name, any more columns."""
    from bot.terminal.channel import take_start_list  # noqa: PLC0415

    take_start_list(channel, table, workspace, operator(quiet=True), click.echo)


@click.command()
@_WORKSPACE
@click.option("--yes", is_flag=True, help="Do not ask.")
@said
def reindex(*, workspace: str, yes: bool) -> None:
    """Learn all enrolment photos anew, such as for a newer model of Amazon's; those that Slack still has."""
    from bot.terminal.reindex import run  # noqa: PLC0415

    agreed = lambda question: yes or click.confirm(question)  # noqa: E731  # a name for the call below
    run(workspace, operator(quiet=True), say=click.echo, agreed=agreed)


@click.command()
@said
def status() -> None:
    """Tell how Spotter is: who looks, what waits, who works, what was spent; exit non-zero if nothing works."""
    from bot.terminal.status import run  # noqa: PLC0415

    run(operator(quiet=True), click.echo)


@click.group()
def audit() -> None:
    """Look after the audit log: who did what."""


@audit.command()
@_WORKSPACE_OR_ALL
@said
def verify(*, workspace: str) -> None:
    """Walk the chain of the log; exit non-zero with the number of the first row that was changed or taken out."""
    from bot.terminal.audit import verify as run  # noqa: PLC0415

    run(workspace, operator(quiet=True), click.echo)


@audit.command()
@_WORKSPACE_OR_ALL
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a row.")
@said
def show(*, workspace: str, as_json: bool) -> None:
    """Print the log, oldest row first."""
    from bot.terminal.audit import show as run  # noqa: PLC0415

    run(workspace, operator(quiet=True), click.echo, as_json=as_json)
