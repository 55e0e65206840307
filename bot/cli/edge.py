"""The edge to the terminal: what the operator has configured, and what is said where a command cannot go on."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from bot.errors import SpotterError

P = ParamSpec("P")
R = TypeVar("R")


def said(command: Callable[P, R]) -> Callable[P, R]:
    """The one catch of this edge: an error of ours is a sentence and a non-zero exit."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SpotterError as error:
            raise click.ClickException(error.say) from error

    return run


def operator(*, quiet: bool = False) -> Any:
    """Read the settings and set up the log: on the terminal's commands only warnings, so that output stays readable."""
    from bot.log import start  # noqa: PLC0415
    from bot.settings import read_settings  # noqa: PLC0415

    read = read_settings()
    start(logging.WARNING if quiet else read.log_level, read.secrets, read.log_format)
    if quiet:
        logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)  # what it would log, the command says
    return read
