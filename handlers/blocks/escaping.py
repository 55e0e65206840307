"""Text from a person or a photo, made harmless; nothing reaches Slack without it.

The rule: such text passes `safe`, and then stands in `mrkdwn` text with `verbatim` set, so that Slack neither links nor
mentions on its own. `safe` leaves no control character of Slack's (`&`, `<`, `>` become entities,
https://docs.slack.dev/messaging/formatting-message-text) and replaces the marks that would format (`*bold*`,
`_italic_`, `~strike~`, `code`, `:emoji:`) by look-alikes, since Slack has no escape for them.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LOOK_ALIKES: Final = {
    ord("*"): "\N{ASTERISK OPERATOR}",
    ord("~"): "\N{TILDE OPERATOR}",
    ord("`"): "\N{MODIFIER LETTER GRAVE ACCENT}",
}
_EDGE_UNDERSCORE: Final = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_EMOJI: Final = re.compile(r":(?=[\w+'-]*[a-z][\w+'-]*:|100:|1234:)")
_QUOTE: Final = re.compile(r"^>[>\s]*")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs"})


def safe(text: str, limit: int = 80) -> str:
    """Make text from a person or a photo harmless in Slack.

    Args:
        text: Anything.
        limit: The most characters of the result, entities and the closing ellipsis included.
    """
    visible = "".join(char for char in " ".join(text.split()) if unicodedata.category(char) not in _INVISIBLE)
    literal = _literal(unicodedata.normalize("NFC", " ".join(visible.split())))
    return cut([ENTITIES.get(char, char) for char in literal], limit)


def _literal(text: str) -> str:
    """Replace what Slack would take for formatting: marks, an emoji's colon, a quote's leading `>`."""
    unmarked = _EDGE_UNDERSCORE.sub("\N{MODIFIER LETTER LOW MACRON}", text.translate(_LOOK_ALIKES))
    return _QUOTE.sub("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", _EMOJI.sub("\N{RATIO}", unmarked))


def cut(pieces: Sequence[str], room: int) -> str:
    """Join whole pieces; where they are too long, as many as fit and an ellipsis."""
    if sum(map(len, pieces)) <= room:
        return "".join(pieces)
    kept = ""
    for piece in pieces:
        if len(kept) + len(piece) >= room:
            break
        kept += piece
    return kept.rstrip(" ") + "…"
