"""No statement within a workspace's transaction reaches the rows of another."""

from collections.abc import Callable

import pytest
from sqlalchemy import Executable, bindparam, delete, exists, func, insert, select, text, update
from sqlalchemy.orm import Session, aliased

from storage import Storage
from storage.models import Base, BibRow, Common, NoticeRow, ShareRow
from storage.once import insert_once
from storage.prepared import MINE, OF_MINE, run, table
from storage.tenancy import EVERY, NAMES_WORKSPACE, CrossesWorkspaces, Tenancy
from tests.storage.found import bib, put


@pytest.fixture
def tenancy(storage: Storage) -> Tenancy:
    """Two workspaces, each with a photo under the same names, and a notice."""
    for workspace in ("T1", "T2"):
        put(storage, "F1", bib("12"), workspace=workspace)
        with storage.begin(workspace) as work:
            work.notices.first("hello")
    return Tenancy(storage.engine)


other = aliased(ShareRow)
READS: dict[str, Callable[[Session], object]] = {
    "rows": lambda session: session.scalars(select(ShareRow.workspace)).all(),
    "entities": lambda session: [row.workspace for row in session.scalars(select(ShareRow))],
    "alias": lambda session: session.scalars(select(other.workspace)).all(),
    "join": lambda session: session.scalars(select(BibRow.workspace).join(ShareRow, BibRow.number == "12")).all(),
    "subquery": lambda session: session.scalars(select(select(ShareRow.workspace).subquery())).all(),
    "common table": lambda session: session.scalars(select(select(ShareRow.workspace).cte())).all(),
    "relationship": lambda session: [bib.workspace for row in session.scalars(select(ShareRow)) for bib in row.bibs],
    "union": lambda session: session.scalars(
        select(ShareRow.workspace).where(ShareRow.file == "F1").union(select(ShareRow.workspace))
    ).all(),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_a_statement_that_names_no_workspace_reads_its_own_alone(
    tenancy: Tenancy, read: Callable[[Session], object]
) -> None:
    with tenancy.begin("T1") as session:
        assert read(session) == ["T1"]


def test_counts_existence_and_keys_of_others_tell_nothing(tenancy: Tenancy) -> None:
    theirs = select(ShareRow.file).where(exists().where(other.workspace == "T2"))
    with tenancy.begin("T1") as session:
        assert session.scalar(select(func.count()).select_from(ShareRow)) == 1
        assert session.scalar(theirs) is None
        assert session.get(NoticeRow, ("T2", "hello")) is None


def test_changing_and_deleting_everything_touches_ones_own_alone(tenancy: Tenancy) -> None:
    with tenancy.begin("T1") as session:
        session.execute(update(ShareRow).values(name="mine"))
        session.execute(delete(NoticeRow))

    with tenancy.begin("T2") as session:
        assert session.scalars(select(ShareRow.name)).all() == ["F1.jpg"]
        assert session.scalar(select(func.count()).select_from(NoticeRow)) == 1


def moved(session: Session) -> None:
    row = session.scalars(select(NoticeRow)).one()
    row.workspace = "T2"
    session.flush()


@pytest.mark.parametrize("named", [{}, {"workspace": "T2"}], ids=["none", "another"])
def test_a_search_that_names_its_workspace_itself_names_this_one(tenancy: Tenancy, named: dict[str, str]) -> None:
    search = select(ShareRow.file).where(ShareRow.workspace == bindparam("workspace"))
    with tenancy.begin("T1") as session:
        assert session.scalars(search, {"workspace": "T1"}, execution_options=NAMES_WORKSPACE).all() == ["F1"]
        with pytest.raises(CrossesWorkspaces):
            session.scalars(search, named, execution_options=NAMES_WORKSPACE)


def flushed(session: Session, row: NoticeRow) -> None:
    session.add(row)
    session.flush()


NOTICE = table(NoticeRow)
PREPARED: dict[str, tuple[Executable, dict[str, str]]] = {
    "search in another": (select(NOTICE).where(NOTICE.c.workspace == MINE), {"workspace": "T2"}),
    "search of nobody": (select(NOTICE).where(NOTICE.c.workspace == MINE), {}),
    "search without a condition": (select(NOTICE), {"workspace": "T1"}),
    "update of another": (update(NOTICE).where(NOTICE.c.workspace == OF_MINE).values(key="k"), {"in_workspace": "T2"}),
    "update without a condition": (update(NOTICE).values(key="k"), {"in_workspace": "T1"}),
    "update that moves": (
        update(NOTICE).where(NOTICE.c.workspace == OF_MINE).values(workspace="T2"),
        {"in_workspace": "T1"},
    ),
    "delete without a condition": (delete(NOTICE), {"workspace": "T1"}),
    "insert into another": (insert(NOTICE), {"workspace": "T2", "key": "k"}),
    "insert of nobody": (insert(NOTICE), {"key": "k"}),
}


@pytest.mark.parametrize(("statement", "values"), PREPARED.values(), ids=PREPARED)
def test_a_prepared_statement_names_this_workspace_and_asks_for_it(
    tenancy: Tenancy, statement: Executable, values: dict[str, str]
) -> None:
    with pytest.raises(CrossesWorkspaces), tenancy.begin("T1") as session:
        run(session, statement, **values)


WRITES: dict[str, Callable[[Session], object]] = {
    "insert": lambda session: insert_once(session, NoticeRow, workspace="T2", key="k"),
    "insert of nobody": lambda session: session.execute(insert(NoticeRow).values(key="k")),
    "many inserts": lambda session: session.execute(
        insert(NoticeRow), [{"workspace": "T1", "key": "k"}, {"workspace": "T2", "key": "k"}]
    ),
    "new row": lambda session: flushed(session, NoticeRow(workspace="T2", key="k")),
    "merged row": lambda session: flushed(session, session.merge(NoticeRow(workspace="T2", key="hello"))),
    "moved row": moved,
    "moved rows": lambda session: session.execute(update(NoticeRow).values(workspace="T2")),
    "text": lambda session: session.execute(text("delete from notice")),
    "table": lambda session: session.execute(select(NoticeRow.__table__)),
    "every table": lambda session: session.execute(delete(Base.metadata.tables["notice"])),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_what_would_reach_another_workspace_is_refused(tenancy: Tenancy, write: Callable[[Session], object]) -> None:
    with pytest.raises(CrossesWorkspaces), tenancy.begin("T1") as session:
        write(session)


@pytest.mark.parametrize("workspace", ["", EVERY])
def test_a_transaction_needs_one_workspace(tenancy: Tenancy, workspace: str) -> None:
    with pytest.raises(ValueError, match="workspace"), tenancy.begin(workspace):
        pass


def test_the_operators_own_tasks_see_every_workspace(tenancy: Tenancy) -> None:
    with tenancy.begin_everywhere() as session:
        assert sorted(session.scalars(select(ShareRow.workspace))) == ["T1", "T2"]


def test_only_these_tables_belong_to_no_workspace() -> None:
    classes = [mapper.class_ for mapper in Common.registry.mappers]

    common = {one.__tablename__ for one in classes if not issubclass(one, Base)}
    assert common == {"circuit", "departure", "install_state", "large_photo", "pace", "process", "run"}
    assert not [one for one in classes if not issubclass(one, Base) and "workspace" in one.__table__.c]
