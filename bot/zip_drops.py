"""A zip is dropped in a channel where an admin allowed that: what it costs to scan is asked, or the scan begins."""

import logging

from bot.core.share import Share
from bot.dropped_zip import fetched, photos_in
from bot.errors import PhotoError, PhotoGone
from bot.link_scan import LinkScan
from bot.replying import Place
from bot.slack import Slack, SlackFile
from bot.telling import Telling

log = logging.getLogger(__name__)


class ZipDrops:
    """Takes zips that are dropped."""

    def __init__(self, scans: LinkScan, telling: Telling) -> None:
        self._scans = scans
        self._telling = telling

    def take(self, job: str, slack: Slack, workspace: str, share: Share, file: SlackFile) -> None:
        """Ask whoever dropped a zip whether its price is right; begin at once where there is none.

        What is wrong with the zip as a whole is said in its thread.

        Args:
            job: The job that looks at the zip.
            slack: The workspace's.
            workspace: Its id.
            share: Where the zip was dropped, and by whom.
            file: The zip.

        Raises:
            SlackBusy: Slack did not answer; to be tried again.
        """
        try:
            with fetched(slack, file) as opened:
                names = [member.filename for member in photos_in(opened)]
        except PhotoGone:
            return
        except PhotoError as error:
            log.info("%s: %s", file.id, error)
            self._refuse(job, slack, workspace, share, error.say)
            return
        asked, price = self._scans.ask_zip(workspace, share, names)
        if not price:
            self._scans.begin_free(workspace, asked)
        elif asked.state == "asked":
            slack.ephemeral(share.channel, share.user, self._telling.renderer.scan_offer(asked, price))

    def _refuse(self, job: str, slack: Slack, workspace: str, share: Share, say: str) -> None:
        key = f"zip-{share.file}-{share.ts}"
        place = Place(workspace=workspace, channel=share.channel, key=key, thread=share.thread)
        message = self._telling.renderer.sentence(say)
        self._telling.replying.tell(slack, place, job, lambda: message)
