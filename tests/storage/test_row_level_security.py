"""The second wall on PostgreSQL, under a role that it holds for; and three workspaces busy behind both walls."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from bot.core.corrections import Correction
from bot.core.gallery import GalleryFace, collection_of
from bot.core.people import Person
from bot.core.share import Looked, Share
from bot.errors import AskError
from storage import Storage, Work
from storage.answers import Question
from storage.installations import Installations
from storage.models import Base
from storage.scans import Scan
from storage.sealing import Seal, new_key
from storage.tenancy import EVERY, tell
from tests.emptied import emptied
from tests.machines import play
from tests.storage.found import BOX, FACES, bib
from tests.storage.test_installations import GRID

WORKSPACES = ("T1", "T2", "T3")
TABLES = sorted(table.name for table in Base.metadata.sorted_tables if "workspace" in table.c)
EVERYTHING = text(
    " union all ".join(f"select workspace, '{name} ' || to_jsonb({name})::text from {name}" for name in TABLES)  # noqa: S608  # our own tables
)
SHARES = [Share(channel="C1", ts=f"{number}.0", file=f"F{number}") for number in range(3)]
"""The same names everywhere: whoever forgets the workspace meets the others' rows."""


@pytest.fixture(scope="module")
def url(new_database: Callable[[str], str]) -> str:
    """A PostgreSQL database; its superuser's address."""
    return new_database("postgresql")


@pytest.fixture(scope="module")
def walled(url: str) -> Iterator[Storage]:
    """A memory under a role of its own, as an operator would make it."""
    admin = create_engine(url)
    with admin.begin() as connection:
        connection.execute(text("create role walled login"))
        for kind in ("tables", "sequences"):
            connection.execute(text(f"grant all on all {kind} in schema public to walled"))
    admin.dispose()
    with closing(Storage(make_url(url).set(username="walled").render_as_string(hide_password=False))) as storage:
        yield storage


@pytest.fixture(scope="module")
def superuser(url: str) -> Iterator[Storage]:
    """The same memory without the second wall."""
    with closing(Storage(url)) as storage:
        yield storage


@pytest.fixture
def wall(walled: Storage, superuser: Storage) -> Iterator[Connection]:
    """A connection behind the wall; each workspace has a notice."""
    emptied(superuser)
    for workspace in WORKSPACES:
        with superuser.begin(workspace) as work:
            work.notices.first("hello")
    with walled.engine.connect() as connection:
        yield connection


def notices(connection: Connection) -> list[str]:
    return list(connection.scalars(text("select workspace from notice order by 1")))


def test_every_table_of_workspaces_is_behind_the_wall_its_owner_included(superuser: Storage) -> None:
    kept = text("select relname from pg_class where relrowsecurity and relforcerowsecurity order by 1")
    with superuser.engine.connect() as connection:
        assert list(connection.scalars(kept)) == TABLES


def test_whoever_names_no_workspace_reads_nothing(wall: Connection) -> None:
    assert notices(wall) == []


def test_a_statement_as_text_reads_the_named_workspace_alone(wall: Connection) -> None:
    tell(wall, "T2")

    assert notices(wall) == ["T2"]


def test_the_name_is_forgotten_with_the_transaction(wall: Connection) -> None:
    tell(wall, "T2")
    wall.commit()

    assert notices(wall) == []


def test_the_operator_names_all_of_them(wall: Connection) -> None:
    tell(wall, EVERY)

    assert notices(wall) == list(WORKSPACES)


def test_others_are_neither_changed_nor_deleted(wall: Connection) -> None:
    tell(wall, "T2")

    assert wall.execute(text("update notice set key = 'changed'")).rowcount == 1
    assert wall.execute(text("delete from notice")).rowcount == 1


@pytest.mark.parametrize(
    "statement",
    ["insert into notice (workspace, key) values ('T1', 'k')", "update notice set workspace = 'T1', key = 'k'"],
    ids=["insert", "move"],
)
def test_nothing_is_written_into_another_workspace(wall: Connection, statement: str) -> None:
    tell(wall, "T2")

    with pytest.raises(ProgrammingError, match="row-level security"):
        wall.execute(text(statement))


def test_an_organization_is_met_and_removed_behind_the_wall(wall: Connection, walled: Storage) -> None:
    installations = Installations(walled.tenancy, Seal([new_key()]))
    installations.keep(GRID)
    for workspace in ("T1", "T2"):
        installations.join(workspace, "E1", 5.0)

    assert installations.of("T2") == GRID
    assert walled.departures.installer("T1") == "E1"
    assert sorted(walled.departures.borrowers("E1")) == ["T1", "T2"]
    tell(wall, "T2")
    assert list(wall.scalars(text("select workspace from organization_workspace"))) == ["T2"]
    assert list(wall.scalars(text("select workspace from installation"))) == []


class _ThreeWorkspaces(RuleBasedStateMachine):
    """Each act happens in one workspace; afterwards nothing of the others may have changed."""

    acting: Storage
    seeing: Storage

    def __init__(self) -> None:
        super().__init__()
        emptied(self.seeing)
        self.left = self.seen()

    def seen(self) -> Mapping[str, Counter[str]]:
        """All that is kept of each workspace, as the superuser sees it."""
        kept: Mapping[str, Counter[str]] = {workspace: Counter() for workspace in WORKSPACES}
        with self.seeing.engine.connect() as connection:
            for workspace, row in connection.execute(EVERYTHING):
                kept[workspace][row] += 1
        return kept

    def act(self, workspace: str, *acts: Callable[[Work], object]) -> None:
        """Act in one workspace, and see what became of the others."""
        with suppress(AskError), self.acting.begin(workspace) as work:
            for act in acts:
                act(work)
        self.look(workspace)

    def look(self, workspace: str) -> None:
        """See that only this workspace has changed."""
        now = self.seen()
        for other in set(WORKSPACES) - {workspace}:
            assert now[other] == self.left[other]
        self.left = now

    where = st.sampled_from(WORKSPACES)
    share = st.sampled_from(SHARES)

    @rule(where=where, share=share, number=st.sampled_from(["12", "21"]))
    def see_a_photo(self, where: str, share: Share, number: str) -> None:
        looked = Looked(digest=f"d{share.file}", bibs=(bib(number),), found=FACES)
        self.act(where, lambda work: (work.shares.begin(share), work.shares.finish(share, looked)))

    @rule(where=where, share=share)
    def forget_a_photo(self, where: str, share: Share) -> None:
        self.act(where, lambda work: work.shares.forget(share.file))

    @rule(where=where, share=share)
    def correct(self, where: str, share: Share) -> None:
        self.act(where, lambda work: work.corrections.make(share, Correction(by="U1", was="12", number="13")))

    @rule(where=where, number=st.integers(1, 200))
    def take_back(self, where: str, number: int) -> None:
        self.act(where, lambda work: work.corrections.undo(number, "U2"))

    @rule(where=where, wanted=st.booleans())
    def watch(self, where: str, wanted: bool) -> None:  # noqa: FBT001  # Hypothesis passes it by name
        self.act(where, lambda work: (work.watches.add if wanted else work.watches.remove)("U1", "12"))

    @rule(where=where)
    def listen(self, where: str) -> None:
        self.act(where, lambda work: work.start_lists.replace("C1", [("12", "Ada", {}), ("21", "Grace", {})]))

    @rule(where=where)
    def settle(self, where: str) -> None:
        self.act(where, lambda work: work.channels.settle("C1", work.channels.settings("C1")))
        self.act(where, lambda work: work.notices.first("n"))

    @rule(where=where)
    def answer(self, where: str) -> None:
        question = Question("dF1", "detect_text", "", "m")
        self.act(
            where, lambda work: work.answers.keep(question, {"at": where}), lambda work: work.replies.want("C1", "1.0")
        )

    @rule(where=where)
    def scan(self, where: str) -> None:
        def ask(work: Work) -> None:
            if not work.scans.get("s"):
                work.scans.ask(Scan("s", "C1", "U1", ("https://x",)))

        self.act(where, ask)
        self.act(where, lambda work: work.scans.move("s", "asked", "running"))
        self.act(where, lambda work: work.audit.note("U1", "scan"))

    @rule(where=where)
    def enrol(self, where: str) -> None:
        person = Person(
            id="p-1",
            user="U1",
            name="Ada",
            state="consented",
            find_me=True,
            show_name=True,
            photos=0,
            expires_at=datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        )
        self.act(where, lambda work: work.people.add(person, "U2"), lambda work: work.people.raise_revision())
        face = GalleryFace("f", "i", "p-1.x", BOX, 99.0, b"\0" * 512)
        with self.acting.faces.changing(collection_of(where)) as gallery:
            if gallery.create("m", {}):
                gallery.add([face])
            gallery.add_user("p-1")
            gallery.give(["f"], "p-1")
        self.look(where)

    @rule(where=where)
    def forget_somebody(self, where: str) -> None:
        self.act(where, lambda work: work.people.forget("p-1"), lambda work: work.people.raise_revision())
        with self.acting.faces.changing(collection_of(where)) as gallery:
            gallery.delete()
        self.look(where)

    @invariant()
    def each_finds_its_own_alone(self) -> None:
        for workspace in WORKSPACES:
            with self.acting.begin(workspace) as work:
                found = work.bibs.find(["12", "13", "21"], frozenset({"C1"})).total
                assert found == sum(row.startswith("share") for row in self.left[workspace])


@pytest.mark.parametrize(
    ("examples", "steps"), [(10, 35), pytest.param(500, 50, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_three_workspaces_never_meet(walled: Storage, superuser: Storage, examples: int, steps: int) -> None:
    class Machine(_ThreeWorkspaces):
        acting = walled
        seeing = superuser

    play(Machine, examples, steps)
