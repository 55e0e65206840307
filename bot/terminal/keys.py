"""`spotter keys`: the keys that encrypt the tokens of many workspaces."""

from bot.entrance import installations
from bot.eyes import memory
from bot.settings import Settings
from bot.terminal import Say


def rotate(settings: Settings, say: Say) -> None:
    """Encrypt every token anew with the first key.

    Raises:
        SetupError: There is no key, or none of them opens one of the tokens; then none is changed.
    """
    with memory(settings) as storage:
        renewed = installations(settings, storage).renew()
    say(f"Tokens that are encrypted with the first key now: {renewed}.")
