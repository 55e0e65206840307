"""views.*: modals and App Homes."""

from collections.abc import Mapping
from uuid import uuid4

from bot.demo.content import view_content
from bot.demo.context import Arguments, Context, Method
from bot.demo.hooks import Trigger
from bot.demo.objects import view_object
from bot.demo.records import Json, View
from bot.demo.refusal import Refused, invalid_arguments

DEPTH = 3


def open_view(slack: Context, arguments: Arguments) -> Json:
    """Open a modal for the person who has just acted."""
    content = view_content(slack, arguments, "modal")
    trigger = _exchange(slack, arguments)
    return _shown(slack, put_view(slack, content, trigger.user))


def push(slack: Context, arguments: Arguments) -> Json:
    """Lay a modal over the one in which the person has just acted."""
    content = view_content(slack, arguments, "modal")
    trigger = _exchange(slack, arguments)
    below = slack.workspace.views.get(trigger.view)
    if not below:
        raise Refused("not_found")
    return _shown(slack, put_view(slack, content, trigger.user, below))


def put_view(slack: Context, content: Json, user: str, below: View | None = None) -> View:
    """Show a modal, over another where one is given.

    Raises:
        Refused: `push_limit_reached`, where three lie upon each other already.
    """
    if below and _depth(slack, below) >= DEPTH:
        raise Refused("push_limit_reached")
    view = View(id=slack.workspace.new_id("V"), user=user, content=content, hash=uuid4().hex)
    if below:
        view.previous, view.root = below.id, below.root or below.id
    slack.workspace.views[view.id] = view
    slack.workspace.tell("view", view)
    return view


def _depth(slack: Context, view: View) -> int:
    return 1 + (_depth(slack, slack.workspace.views[view.previous]) if view.previous else 0)


def update(slack: Context, arguments: Arguments) -> Json:
    """Change a modal, by its id or the app's own external_id."""
    view = _find(slack, arguments)
    if arguments.text("hash") not in ("", view.hash):
        raise Refused("hash_conflict")
    change_view(slack, view, view_content(slack, arguments, "modal"))
    return _shown(slack, view)


def change_view(slack: Context, view: View, content: Json) -> None:
    """Put other content into a modal."""
    view.content, view.hash = content, uuid4().hex
    slack.workspace.tell("view", view)


def publish(slack: Context, arguments: Arguments) -> Json:
    """Write somebody's App Home."""
    user = arguments.required("user_id")
    if user not in slack.workspace.users:
        raise Refused("user_not_found")
    content = view_content(slack, arguments, "home")
    view = View(id=slack.workspace.new_id("V"), user=user, content=content, hash=uuid4().hex)
    slack.workspace.homes[user] = view
    slack.workspace.tell("home", view)
    return _shown(slack, view)


def _find(slack: Context, arguments: Arguments) -> View:
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("view_id or external_id is required")
    for view in slack.workspace.views.values():
        if view.is_open and (view.id == view_id or (external_id and view.content.get("external_id") == external_id)):
            return view
    raise Refused("not_found")


def _exchange(slack: Context, arguments: Arguments) -> Trigger:
    return slack.hooks.exchange(arguments.required("trigger_id"))


def _shown(slack: Context, view: View) -> Json:
    return {"view": view_object(slack.workspace, view)}


METHODS: Mapping[str, Method] = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
