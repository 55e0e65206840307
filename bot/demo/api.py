"""The Web API: who may call, what there is to call, and a log of all calls."""

import time
from collections.abc import Mapping
from typing import Any

from bot.demo.context import Arguments, Context, Method
from bot.demo.methods import account, chat, conversations, files, functions, signs, views
from bot.demo.records import Call, Json
from bot.demo.refusal import Refused

METHODS: Mapping[str, Method] = {
    **account.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **functions.METHODS,
    **signs.METHODS,
    **views.METHODS,
}


def call(slack: Context, name: str, token: str, given: Mapping[str, Any]) -> Json:
    """Do what is asked, or say Slack's word for why not; never raises for what a caller can send."""
    with slack.workspace.changed:
        try:
            return {"ok": True, **_run(slack, name, token, given)}
        except Refused as refusal:
            return {"ok": False, "error": refusal.error, **refusal.details}


def _run(slack: Context, name: str, token: str, given: Mapping[str, Any]) -> Json:
    if name not in METHODS:
        raise Refused("unknown_method", req_method=name)
    method = METHODS[name]
    _admit(slack, method, token)
    return method.run(slack, Arguments(given))


def _admit(slack: Context, method: Method, token: str) -> None:
    app = slack.workspace.app
    if not token:
        raise Refused("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise Refused("invalid_auth")
    if not slack.workspace.is_installed:
        raise Refused("account_inactive")
    if method.for_app_token != (token == app.app_token):
        raise Refused("not_allowed_token_type")
    if not method.for_app_token:
        slack.needs(method.scope)


def note(slack: Context, name: str, given: Mapping[str, Any], answer: Json, fault: str) -> None:
    """Keep a call in the log."""
    kept = {key: value for key, value in given.items() if key != "token"}
    error = str(answer.get("error", ""))
    entry = Call(name, kept, bool(answer.get("ok")), error, fault, time.monotonic())
    slack.workspace.calls.append(entry)
    slack.workspace.tell("call", entry)
