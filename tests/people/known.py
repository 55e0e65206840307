"""People who agreed to be known, put into a memory as a test needs them."""

from datetime import UTC, datetime, timedelta

from bot.core.geometry import Box
from bot.core.people import Person, Template
from storage import Storage

NOW = datetime.now(UTC).replace(tzinfo=None)
SOON = NOW + timedelta(days=9)


def agree(
    storage: Storage, name: str, *, show_name: bool = True, workspace: str = "T1", face: str = "", user: str = ""
) -> str:
    """Somebody agrees, and one photo of them is known: their id.

    Args:
        storage: The memory.
        name: In lower case; their id and, where `user` is not given, their Slack id are made of it.
        show_name: Whether others may read their name.
        workspace: Its id.
        face: The id of their face in the collection, where there is one.
        user: Their Slack id.
    """
    person = Person(
        id=f"p-{name}",
        user=user or f"U{name.upper()}",
        name=name.title(),
        state="enrolled",
        find_me=True,
        show_name=show_name,
        photos=1,
        expires_at=SOON,
    )
    template = Template(face=face or f"face-{name}", person=person.id, file="", digest=name, box=Box(0, 0, 1, 1))
    with storage.begin(workspace) as work:
        work.people.add(person, "UADMIN")
        work.templates.keep(template)
        work.people.raise_revision()
    return person.id
