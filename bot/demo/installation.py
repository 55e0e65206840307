"""The app in its workspace: who it is, what it may do, what it is told."""

from dataclasses import dataclass

SCOPES = frozenset(
    {
        "app_mentions:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "reactions:write",
        "users:read",
        "channels:read",
        "groups:read",
    }
)
SUBSCRIPTIONS = frozenset(
    {
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "file_deleted",
        "file_shared",
        "file_unshared",
        "tokens_revoked",
    }
)


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in this workspace: who it is and what proves it.

    Attributes:
        organization: The id of the organization that installed it in all its workspaces; empty where this one did.
    """

    organization: str = ""
    team_id: str = "T0SPOTTER"
    team_name: str = "Harbour Runners"
    domain: str = "harbour-runners"
    app_id: str = "A0SPOTTER"
    bot_id: str = "B0SPOTTER"
    bot_user_id: str = "U0SPOTTER"
    bot_token: str = "xoxb-local-spotter"  # noqa: S105 - opens nothing but this local server
    app_token: str = "xapp-local-spotter"  # noqa: S105 - opens nothing but this local server
    signing_secret: str = "local-signing-secret"  # noqa: S105 - signs for this local server alone

    @property
    def org_wide(self) -> bool:
        """Whether an organization installed it."""
        return bool(self.organization)

    @property
    def home(self) -> str:
        """The workspace's own address, with which permalinks start."""
        return f"https://{self.domain}.slack.com"
