"""Where the app is installed, is being installed, and was removed from."""

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, Common


class InstallationRow(Base):
    """The app in a workspace, or in a whole organization, whose id then stands there; `bot_token` is encrypted."""

    __tablename__ = "installation"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    bot_token: Mapped[str]
    bot_user: Mapped[str]
    scopes: Mapped[str]
    installed_by: Mapped[str]
    installed_at: Mapped[float]
    is_organization: Mapped[bool] = mapped_column(default=False)


class OrganizationWorkspaceRow(Base):
    """A workspace that uses what its organization installed, since the first that came from there."""

    __tablename__ = "organization_workspace"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    organization: Mapped[str]
    joined_at: Mapped[float]


class InstallStateRow(Common):
    """Proof that an installation was begun here, in the browser that ends it; good for once."""

    __tablename__ = "install_state"

    state: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[float]


class DepartureRow(Common):
    """A workspace that removed the app, and when: what it left behind is deleted, and looked for again for a day."""

    __tablename__ = "departure"

    team: Mapped[str] = mapped_column(primary_key=True)
    left_at: Mapped[float]
