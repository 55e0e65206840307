"""functions.*: how an app ends a step of a workflow."""

import json
from collections.abc import Mapping

from bot.demo.context import Arguments, Context, Method
from bot.demo.records import Json
from bot.demo.refusal import Refused, invalid_arguments


def complete(slack: Context, arguments: Arguments) -> Json:
    """End a step well, with its outputs."""
    outputs = arguments.given.get("outputs")
    try:
        outputs = json.loads(outputs) if isinstance(outputs, str) else outputs
    except ValueError as error:
        raise invalid_arguments("outputs must be JSON") from error
    return _end(slack, arguments, {"outputs": outputs or {}})


def fail(slack: Context, arguments: Arguments) -> Json:
    """End a step badly, with a sentence."""
    return _end(slack, arguments, {"error": arguments.required("error")})


def _end(slack: Context, arguments: Arguments, end: Json) -> Json:
    step = arguments.required("function_execution_id")
    if step not in slack.workspace.steps:
        raise Refused("function_execution_not_found")
    if slack.workspace.steps[step]:
        raise Refused("execution_not_in_running_state")
    slack.workspace.steps[step] = end
    slack.workspace.tell("step", end)
    return {}


METHODS: Mapping[str, Method] = {
    "functions.completeSuccess": Method(complete),
    "functions.completeError": Method(fail),
}
