"""Who and what is in the workspace at the start."""

from dataclasses import dataclass

from bot.demo.records import Channel, User
from bot.demo.workspace import Workspace

TEAM = "T0SPOTTER"
OTHER_TEAM = "T0PARTNER"


@dataclass(frozen=True, slots=True)
class People:
    """The members, named by what they are."""

    admin: User
    member: User
    other: User
    guest: User
    stranger: User
    deactivated: User
    bot: User


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels, named by what they are for."""

    race: Channel
    crew: Channel
    elsewhere: Channel
    connect: Channel


def people(workspace: Workspace) -> People:
    """Put the members into the workspace."""
    made = People(
        admin=User(id="U0ADMIN01", name="ada", real_name="Ada Admin", team_id=TEAM, is_admin=True, is_owner=True),
        member=User(id="U0MEMBER1", name="mia", real_name="Mia Member", team_id=TEAM),
        other=User(id="U0MEMBER2", name="max", real_name="Max Member", team_id=TEAM),
        guest=User(id="U0GUEST01", name="gus", real_name="Gus Guest", team_id=TEAM, is_restricted=True),
        stranger=User(id="U0STRANGE", name="sol", real_name="Sol Stranger", team_id=OTHER_TEAM, is_stranger=True),
        deactivated=User(id="U0LEAVER1", name="lee", real_name="Lee Leaver", team_id=TEAM, deleted=True),
        bot=User(id=workspace.app.bot_user_id, name="spotter", real_name="Spotter", team_id=TEAM, is_bot=True),
    )
    for user in (made.admin, made.member, made.other, made.guest, made.stranger, made.deactivated, made.bot):
        workspace.users[user.id] = user
    return made


def channels(workspace: Workspace, who: People) -> Channels:
    """Put the channels into the workspace; the bot is in all but `elsewhere`."""
    everyone = {who.admin.id, who.member.id, who.other.id, who.guest.id}
    made = Channels(
        race=Channel(id="C0RACE001", name="race-photos", members=everyone | {who.bot.id}),
        crew=Channel(id="C0CREW001", name="crew", is_private=True, members={who.admin.id, who.member.id, who.bot.id}),
        elsewhere=Channel(id="C0ELSE001", name="elsewhere", members=everyone),
        connect=Channel(
            id="C0CONN001",
            name="with-partner",
            is_ext_shared=True,
            members={who.admin.id, who.member.id, who.stranger.id, who.bot.id},
        ),
    )
    for channel in (made.race, made.crew, made.elsewhere, made.connect):
        workspace.channels[channel.id] = channel
    return made
