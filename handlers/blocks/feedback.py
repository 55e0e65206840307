"""Thumbs below an answer, what was wrong, and how often each kind of finding was right."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from handlers.blocks.detectors import title
from handlers.blocks.elements import field, label
from handlers.blocks.escaping import safe
from storage.feedback import Votes


def thumbs(key: str) -> dict[str, Any]:
    """Ask whether an answer is right; `key` names it, and comes back with the press."""
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": label("Right"), "value": f"good {key}"},
                "negative_button": {"text": label("Wrong"), "value": f"bad {key}"},
            }
        ],
    }


def feedback_modal(detectors: Sequence[str], key: str) -> dict[str, Any]:
    """Ask which findings of an answer are wrong.

    Args:
        detectors: Those that the answer comes from, at least one.
        key: Names the answer.
    """
    options = [{"text": label(title(name)), "value": name[:150]} for name in detectors[:10]]
    boxes = {"type": "checkboxes", "options": options}
    return {
        "type": "modal",
        "callback_id": "feedback",
        "private_metadata": json.dumps({"place": key}),
        "title": label("What is wrong?"),
        "submit": label("Send"),
        "close": label("Cancel"),
        "blocks": [field("wrong", "These findings are wrong", boxes)],
    }


def vote_lines(counts: Mapping[str, Votes]) -> list[str]:
    """How often people found each kind of finding right, a line each; nothing where nobody said."""
    told = [f"{safe(title(name))}: {one.good} right, {one.bad} wrong" for name, one in counts.items()]
    return ["What people said of answers this month:", *told] if told else []
