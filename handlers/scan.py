"""`/spotter scan`: an admin hands over a list of links; the price is agreed to first."""

from bot.scan.sources import lines_of
from bot.slack import Message
from bot.spotter import Spotter
from handlers import blocks
from handlers.kinds import Action, Ask, View


def ask_for_links(ask: Ask, bot: Spotter) -> None:
    """Open the modal that takes the links."""
    bot.events.allow(ask.workspace, ask.user)
    ask.show(blocks.scan_modal(ask.channel, bot.events.settings(ask.workspace, ask.channel).scan_hosts))


def take_links(ask: Ask, bot: Spotter) -> Message:
    """Keep the links, and ask whether the price is right."""
    hosts = ask.field("scan_hosts").get("value") or ""
    bot.events.settle(ask.workspace, ask.user, ask.private, {"scan_hosts": hosts})
    links = lines_of((ask.field("links").get("value") or "").splitlines())
    for file in ask.field("file").get("files") or []:
        links += lines_of(bot.events.read_file(ask.workspace, file["id"]).decode(errors="replace").splitlines())
    return blocks.scan_offer(*bot.scans.ask(ask.workspace, ask.user, ask.private, links))


def begin(ask: Ask, bot: Spotter) -> Message:
    """Begin the scan; its progress is told in the channel."""
    bot.events.allow(ask.workspace, ask.user)
    bot.scans.begin(ask.workspace, ask.value)
    return blocks.sentence("I have begun. The progress is in the channel.")


def stop(ask: Ask, bot: Spotter) -> Message:
    """Stop the scan."""
    bot.events.allow(ask.workspace, ask.user)
    bot.scans.stop(ask.workspace, ask.value)
    return blocks.sentence("I stop after the photos in hand.")


HANDLES = (
    View("scan", take_links),
    Action("scan_begin", begin, replaces=True),
    Action("scan_stop", stop),
)
