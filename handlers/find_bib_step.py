"""“Find bib”, a step for Workflow Builder: the photos of a bib in public channels, for the steps that follow."""

from collections.abc import Mapping
from typing import Any

from bot.core import bib_query
from bot.spotter import Spotter
from handlers.kinds import Step


def run(workspace: str, inputs: Mapping[str, Any], bot: Spotter) -> dict[str, Any]:
    """Find the photos. A workflow is nobody, so it sees what everybody sees."""
    asked = str(inputs.get("bib", ""))
    found = bot.search.find_public(workspace, asked, bib_query.parse_search(asked))
    links = [one.share.permalink for one in found.page.sightings]
    return {"count": found.page.total, "links": "\n".join(links)}


HANDLES = (
    Step(
        callback_id="find_bib",
        title="Find bib",
        description="Finds the photos of a bib number in public channels that Spotter is in.",
        takes={"bib": {"type": "string", "title": "Bib number", "description": "1234, 14?9 or a runner's name"}},
        gives={
            "count": {"type": "integer", "title": "How many", "description": "How many photos there are"},
            "links": {"type": "string", "title": "Links", "description": "The best photos, a link a line"},
        },
        run=run,
    ),
)
