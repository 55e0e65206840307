"""What can be said in Slack, and at the terminal."""

from collections.abc import Iterator, Mapping

import click

from bot.cli import cli
from handlers import every_handle
from handlers.faces import WORDS as FACES
from handlers.kinds import Answer, Command, Shortcut
from handlers.spotter import WORDS as SPOTTER
from scripts.pages.markdown import first_line, table

_WORDS: Mapping[str, Mapping[str, Answer]] = {"/faces": FACES, "/spotter": SPOTTER}


def slash_commands() -> str:
    """Every slash command, and every word that may follow it."""
    return "\n\n".join(_slash(one) for one in every_handle() if isinstance(one, Command))


def _slash(command: Command) -> str:
    words = _WORDS.get(command.name)
    if words is None:
        return f"### {command.name}\n\n{command.description} Type `{command.name}` and:\n\n    {command.usage}"
    told = {answer: word for word, answer in reversed(words.items())}  # of two spellings the first
    rows = [(f"`{command.name} {told[answer]}`", first_line(answer.__doc__)) for answer in reversed(told)]
    return f"### {command.name}\n\n{command.description}\n\n{table(('you type', 'Spotter'), rows)}"


def shortcuts() -> str:
    """Every entry that Spotter has in Slack's menus."""
    rows = [
        (f"“{one.name}”", "anywhere, behind the lightning bolt" if one.everywhere else "a message", one.description)
        for one in every_handle()
        if isinstance(one, Shortcut)
    ]
    return table(("entry", "in the menu of", "what it does"), rows)


def terminal() -> str:
    """Every command of the terminal, with its options."""
    return "\n\n".join(_commands(cli, "spotter"))


def _commands(group: click.Group, path: str) -> Iterator[str]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield _command(command, f"{path} {name}")


def _command(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    options = [option.get_help_record(context) for option in command.params if isinstance(option, click.Option)]
    rows = [(f"`{names}`", told) for names, told in filter(None, options)]
    text = f"### {path}\n\n    {usage}\n\n{' '.join((command.help or '').split())}"
    return f"{text}\n\n{table(('option', 'what it does'), rows)}" if rows else text
