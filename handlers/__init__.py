"""What can be said to Spotter in Slack: one file each, and this folder is the list."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from handlers.kinds import Handle


@cache
def every_handle() -> tuple[Handle, ...]:
    """All that is handled, in the order of the files' names."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    return tuple(handle for module in modules for handle in getattr(module, "HANDLES", ()))
