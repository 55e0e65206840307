"""The folder of handlers is the list of what is handled."""

from importlib import import_module
from pathlib import Path

import handlers
from handlers import every_handle
from handlers.kinds import Action, Command, Event, Handle, Shortcut, Step, View, Visit


def test_every_file_that_names_handles_is_found_with_all_of_them() -> None:
    names = [file.stem for file in Path(handlers.__file__).parent.glob("*.py") if "\nHANDLES = " in file.read_text()]
    named = [handle for name in names for handle in import_module(f"handlers.{name}").HANDLES]

    assert len(names) >= 5
    assert set(map(id, every_handle())) == set(map(id, named))


def test_no_two_handles_answer_to_one_name() -> None:
    names = [(type(handle), _name(handle)) for handle in every_handle()]

    assert len(names) == len(set(names))


def _name(handle: Handle) -> str:
    match handle:
        case Event() | Visit() | Command():
            return handle.name
        case Shortcut() | View() | Step():
            return handle.callback_id
        case Action():
            return handle.action_id
