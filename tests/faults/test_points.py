"""F3: a kill at each point at which something is half done; then a start, and one answer."""

from collections.abc import Callable

import pytest

from tests.faults.harness import Place

SOAK = pytest.mark.soak
DATABASE = {
    "before the event is stored": r"before:INSERT INTO main.workflow_status.*look:",
    "after the event was stored": r"after:INSERT INTO main.workflow_status.*look:",
    "after the job was taken": r"after:UPDATE main.workflow_status SET.*PENDING.*look:",
    "after the photo was noted": r"after:INSERT INTO share ",
    "before an answer is kept": r"before:INSERT INTO answer ",
    "after an answer was kept": r"after:INSERT INTO answer ",
    "before the findings are kept": r"before:UPDATE share SET .*done",
    "after the findings were kept": r"after:UPDATE share SET .*done",
    "before it is noted that a post is under way": r"before:UPDATE reply SET .*sending",
    "after it was noted that a post is under way": r"after:UPDATE reply SET .*sending",
    "before it is noted that the post was made": r"before:UPDATE reply SET .*'sent'",
    "after it was noted that the post was made": r"after:UPDATE reply SET .*'sent'",
}
SHORT = ("after the event was stored", "before an answer is kept", "before it is noted that the post was made")


@pytest.mark.parametrize("point", [pytest.param(one, marks=() if one in SHORT else SOAK) for one in DATABASE])
def test_a_kill_at_a_point_of_the_database_costs_nothing(world: Callable[..., Place], point: str) -> None:
    here = world()
    here.open_channels(1)
    bot = here.start(KILL_AT=DATABASE[point])
    here.drop(1)
    bot.wait_for_death()

    here.start()
    here.wait(30.0)

    figures = here.figures(f"kill {point}")
    assert figures.is_clean
    assert figures.paid_twice <= 5


@pytest.mark.soak
@pytest.mark.parametrize("point", ["as a paid call comes in", "after a post was made, before its answer"])
def test_a_kill_while_the_other_side_is_asked_costs_nothing(world: Callable[..., Place], point: str) -> None:
    here = world()
    here.open_channels(1)
    bot = here.start()
    if point == "as a paid call comes in":
        here.vision.before = lambda _: bot.kill()
    else:
        here.slack.faults.add("chat.postMessage", "hang", seconds=1.0)
    here.drop(1)
    if point != "as a paid call comes in":
        here.wait_for(lambda: here.answered > 0)
        bot.kill()
    bot.wait_for_death()
    here.vision.before = lambda _: None

    here.start()
    here.wait(30.0)

    assert here.figures(f"kill {point}").is_clean
