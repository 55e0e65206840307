"""Steps of workflows: the app is told when one begins, and ends it once."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.demo.server import LocalSlack


@pytest.fixture
def step(slack: LocalSlack) -> str:
    """A step that was begun."""
    return slack.run_step("find_bib", {"bib": "1234"})


def test_a_step_ends_with_its_outputs(slack: LocalSlack, client: WebClient, step: str) -> None:
    client.functions_completeSuccess(function_execution_id=step, outputs={"count": 2})

    assert slack.workspace.steps[step] == {"outputs": {"count": 2}}


def test_a_step_ends_with_an_error(slack: LocalSlack, client: WebClient, step: str) -> None:
    client.functions_completeError(function_execution_id=step, error="There is no such bib.")

    assert slack.workspace.steps[step] == {"error": "There is no such bib."}


def test_a_step_ends_once(client: WebClient, step: str) -> None:
    client.functions_completeSuccess(function_execution_id=step, outputs={})

    with pytest.raises(SlackApiError, match="execution_not_in_running_state"):
        client.functions_completeError(function_execution_id=step, error="Too late.")


def test_nobody_ends_a_step_that_never_began(client: WebClient) -> None:
    with pytest.raises(SlackApiError, match="function_execution_not_found"):
        client.functions_completeSuccess(function_execution_id="Fx404", outputs={})
