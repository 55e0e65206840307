"""Where requests come from, in each form that Slack gives it."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from bot.workspaces import Origin
from handlers.origin import origin

HERE: Final = {"enterprise_id": "E1", "team_id": "T1"}
EVENT: Final = {"type": "event_callback", "team_id": "T9", "event": {"type": "file_shared", "event_ts": "5.25"}}
PRESS: Final = {"type": "block_actions", "enterprise": {"id": "E1"}, "is_enterprise_install": True}


@pytest.mark.parametrize(
    ("body", "workspace", "installer"),
    [
        ({**EVENT, "authorizations": [{"team_id": "T1"}]}, "T1", "T1"),
        ({**EVENT, "authorizations": [{**HERE, "is_enterprise_install": False}]}, "T1", "T1"),
        ({**EVENT, "authorizations": [{**HERE, "is_enterprise_install": True}]}, "T1", "E1"),
        ({**EVENT, "authorizations": [{**HERE, "team_id": None, "is_enterprise_install": True}]}, "T9", "E1"),
        ({"team_id": "E1", "enterprise_id": "E1", "is_enterprise_install": True, "event": {}}, "", "E1"),
        ({"command": "/findbib", **HERE, "is_enterprise_install": "true", "user_id": "U1"}, "T1", "E1"),
        ({"command": "/findbib", **HERE, "is_enterprise_install": "false", "user_id": "U1"}, "T1", "T1"),
        ({**PRESS, "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, "T1", "E1"),
        ({**PRESS, "team": None, "user": {"id": "U1", "team_id": "T2"}}, "T2", "E1"),
        ({**PRESS, "team": None, "user": {"id": "U1"}, "view": {"team_id": "T3"}}, "T3", "E1"),
        ({**PRESS, "team": {"id": "T1"}, "view": {"app_installed_team_id": "T1"}}, "T1", "E1"),
        ({**PRESS, "team": {"id": "T1"}, "view": {"app_installed_team_id": "T4"}}, "T4", "T4"),
        ({"is_enterprise_install": True, "team_id": "T1"}, "T1", "T1"),
        ({"team_id": None, "enterprise_id": "E1", "event": {"type": "app_uninstalled"}}, "", "E1"),
        ({}, "", ""),
    ],
)
def test_the_workspace_is_the_one_that_installed_us_and_its_organization_where_that_did(
    body: Mapping[str, Any], workspace: str, installer: str
) -> None:
    came = origin(body)

    assert (came.workspace, came.installer) == (workspace, installer)


def test_an_event_of_organizations_alone_is_about_the_organization_though_slack_does_not_say_so() -> None:
    place = {**HERE, "is_enterprise_install": False}
    told = {"type": "team_access_revoked", "event_ts": "7.5", "team_ids": ["T1"]}

    came = origin({"authorizations": [place], "event": told})

    assert came == Origin(workspace="T1", organization="E1", org_wide=True, at=7.5)
