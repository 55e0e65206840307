"""auth.*, apps.*, users.info: who is who."""

from collections.abc import Mapping

from bot.demo.context import Arguments, Context, Method
from bot.demo.objects import user_object
from bot.demo.records import Json
from bot.demo.refusal import Refused


def test(slack: Context, _: Arguments) -> Json:
    """Say whose token this is."""
    app = slack.workspace.app
    return {
        "url": f"{app.home}/",
        "team": app.team_name,
        "user": slack.workspace.users[app.bot_user_id].name,
        "team_id": app.organization or app.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "app_id": app.app_id,
        "is_enterprise_install": app.org_wide,
    }


def open_connection(slack: Context, _: Arguments) -> Json:
    """Give the app an address for Socket Mode."""
    return {"url": f"{slack.url.replace('http', 'ws', 1)}/link/?{slack.sockets.ticket()}"}


def user_info(slack: Context, arguments: Arguments) -> Json:
    """Describe one person."""
    user = slack.workspace.users.get(arguments.required("user"))
    if not user:
        raise Refused("user_not_found")
    return {"user": user_object(user)}


METHODS: Mapping[str, Method] = {
    "auth.test": Method(test),
    "apps.connections.open": Method(open_connection, "connections:write", for_app_token=True),
    "users.info": Method(user_info, "users:read"),
}
