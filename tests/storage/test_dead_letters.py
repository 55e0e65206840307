"""Jobs that were given up, kept for admins."""

from sqlalchemy import update

from bot.core.dead_letter import DeadLetter
from storage import Storage
from storage.models import DeadLetterRow

LETTER = DeadLetter(job="look:1", kind="look", payload={"workspace": "T1", "file": "F1"}, error="Slack was away.")


def _add(storage: Storage, letter: DeadLetter) -> None:
    with storage.begin(letter.workspace) as work:
        work.dead_letters.add(letter)


def _newest(storage: Storage, workspace: str = "T1") -> list[str]:
    with storage.begin(workspace) as work:
        return [letter.job for letter in work.dead_letters.newest()]


def _aged(storage: Storage, job: str, days: float) -> None:
    with storage.engine.begin() as connection:
        older = update(DeadLetterRow).where(DeadLetterRow.job == job)
        connection.execute(older.values(at=DeadLetterRow.at - days * 86_400.0))


def test_a_letter_is_kept_once_with_all_that_it_takes_to_do_the_job(storage: Storage) -> None:
    for error in ("Slack was away.", "again"):
        _add(storage, DeadLetter(job="look:1", kind="look", payload=LETTER.payload, error=error))

    with storage.begin("T1") as work:
        letter = work.dead_letters.of("look:1")
        assert letter
        assert letter == DeadLetter(
            job="look:1", kind="look", payload=LETTER.payload, error="Slack was away.", at=letter.at
        )
        assert letter.at > 1.7e9
        assert work.dead_letters.count() == 1
        assert work.dead_letters.of("look:2") is None


def test_the_newest_come_first_and_those_of_last_month_go(storage: Storage) -> None:
    for number, days in ((1, 31.0), (2, 2.0), (3, 1.0)):
        _add(storage, DeadLetter(job=f"look:{number}", kind="look", payload=LETTER.payload, error="no"))
        _aged(storage, f"look:{number}", days)

    _add(storage, DeadLetter(job="look:4", kind="look", payload=LETTER.payload, error="no"))

    assert _newest(storage) == ["look:4", "look:3", "look:2"]


def test_a_job_with_another_life_is_no_dead_letter_any_more(storage: Storage) -> None:
    _add(storage, LETTER)

    with storage.begin("T1") as work:
        work.dead_letters.forget("look:1")

    assert _newest(storage) == []


def test_nobody_sees_another_workspaces_letters(storage: Storage) -> None:
    _add(storage, LETTER)

    assert _newest(storage, "T2") == []
    with storage.begin("T2") as work:
        work.dead_letters.forget("look:1")
    assert _newest(storage) == ["look:1"]
