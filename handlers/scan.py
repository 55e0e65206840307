"""`/spotter scan`: an admin hands over a list of links; the price is agreed to first."""

from bot.errors import WrongField
from bot.scan.sources import lines_of
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, Shortcut, View


def ask_for_links(ask: Ask, bot: Spotter) -> None:
    """Open the modal that takes the links."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.scan_modal(ask.channel, bot.events.settings(ask.workspace, ask.channel).scan_hosts))


def ask_from_anywhere(ask: Ask, bot: Spotter) -> None:
    """Open the modal, and let it ask for the channel, too."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.scan_modal("", ()))


def check(ask: Ask, bot: Spotter) -> None:
    """Make sure that I can tell of the scan in the channel."""
    if not bot.joined(ask.workspace, _channel(ask)):
        raise WrongField("channel", "I am not in that channel. Invite me there: /invite @Spotter")


def take_links(ask: Ask, bot: Spotter) -> Message:
    """Keep the links, and ask whether the price is right."""
    channel, hosts = _channel(ask), ask.typed("scan_hosts")
    if ask.private or hosts:  # the form from anywhere could not show which hosts there are
        bot.events.settle(ask.workspace, ask.user, channel, {"scan_hosts": hosts})
    links = lines_of(ask.typed("links").splitlines())
    for file in ask.files("file"):
        links += lines_of(bot.events.read_file(ask.workspace, file).decode(errors="replace").splitlines())
    return blocks.scan_offer(*bot.scans.ask(ask.workspace, ask.user, channel, links))


def begin(ask: Ask, bot: Spotter) -> Message:
    """Begin the scan."""
    bot.scans.allow(ask.workspace, ask.user, ask.value)
    return blocks.scan_begun(bot.scans.begin(ask.workspace, ask.user, ask.value))


def stop(ask: Ask, bot: Spotter) -> Message:
    """Stop the scan."""
    bot.scans.allow(ask.workspace, ask.user, ask.value)
    bot.scans.stop(ask.workspace, ask.user, ask.value)
    return blocks.sentence("I stop after the photos in hand.")


def _channel(ask: Ask) -> str:
    """Where the scan is told: where it was asked for, or the channel that was chosen."""
    return ask.private or ask.conversation("channel")


HANDLES = (
    Shortcut("scan_photos", "Scan photos", "Scan a list of links to photos.", ask_from_anywhere, everywhere=True),
    View("scan", take_links, check),
    Action("scan_begin", begin, replaces=True),
    Action("scan_stop", stop),
)
