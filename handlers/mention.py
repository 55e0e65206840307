"""`@Spotter` in a thread: what is known of its photos; `@Spotter findbib 1234`: a runner's photos."""

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.spotter import Spotter
from handlers.kinds import Event

_FINDBIB: Final = re.compile(r"<@[A-Z0-9]+(?:\|[^>]*)?>\s*/?findbib\s+(.+)", re.IGNORECASE | re.DOTALL)


def keep(workspace: str, event: Mapping[str, Any], bot: Spotter) -> None:
    """Promise to answer, but for a mention that brings photos: those are answered anyway."""
    if event.get("files"):
        return
    asked = _FINDBIB.search(event.get("text") or "")
    bot.mention(
        workspace,
        event["channel"],
        event.get("user", ""),
        thread=event.get("thread_ts") or event["ts"],
        ts=event["ts"],
        bib=asked[1].strip() if asked else "",
    )


HANDLES = (Event("app_mention", keep),)
