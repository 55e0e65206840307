"""`/spotter audit`: who did what, for admins."""

from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask


def audit(ask: Ask, bot: Spotter) -> Message:
    """Show a page of the log: the newest, or the one that a button names."""
    return blocks.audit_log(bot.audit.page(ask.workspace, ask.user, int(ask.value or 0)))


HANDLES = (Action("audit_newer", audit, replaces=True), Action("audit_older", audit, replaces=True))
