"""`spotter enroll`: an operator attests a consent, and gives photos that lie on the machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from bot.cli import cli
from tests.conftest import ROOT

FACES = ROOT / "examples" / "people"
CLARA_1, CLARA_2, MIA = (str(FACES / f"{name}.jpg") for name in ("clara_wennick_1", "clara_wennick_2", "mia_member_1"))


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPOTTER_VISION", "embedded")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("SPOTTER_HOME", str(tmp_path / "home"))


def enroll(*words: str) -> Result:
    return CliRunner().invoke(cli, ["enroll", *words, "--consent", "form 7"])


def stored(query: str, home: Path) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{home / 'home' / 'spotter.db'}")
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows


def test_one_good_photo_is_enough_and_each_photo_has_its_sentence(tmp_path: Path) -> None:
    result = enroll("Clara Wennick", CLARA_1, MIA, "nowhere.jpg")

    assert result.exit_code == 0
    assert f"{CLARA_1}: taken." in result.output
    assert f"{MIA}: This face does not look like this person's other photos." in result.output
    assert "nowhere.jpg: I can't read this file" in result.output
    assert "I know one photo now." in result.output
    consents = "select act, reference, find_me, show_name, by from consent"
    assert stored(consents, tmp_path) == [("attested", "form 7", 1, 1, "terminal")]

    again = enroll("Clara Wennick", CLARA_1, CLARA_2)

    assert again.exit_code == 0
    assert f"{CLARA_1}: I know this photo already." in again.output
    assert stored("select count(*) from person", tmp_path) == [(1,)]
    assert stored("select count(*) from gallery_face", tmp_path) == [(2,)]


def test_reindexing_asks_first_and_names_who_must_give_new_photos(tmp_path: Path) -> None:
    enroll("Clara Wennick", CLARA_1)
    words = ["reindex", "--workspace", "local"]

    assert CliRunner().invoke(cli, words, input="n\n").exit_code == 0
    assert stored("select count(*) from gallery_face", tmp_path) == [(1,)]
    result = CliRunner().invoke(cli, [*words, "--yes"])

    assert result.exit_code == 0
    assert "Clara Wennick has no enrolment photo any more." in result.output
    assert stored("select count(*) from gallery_face", tmp_path) == [(0,)]


def test_where_nothing_was_taken_nothing_is_kept_and_the_exit_says_so(tmp_path: Path) -> None:
    assert enroll("<!channel>", CLARA_1).exit_code == 1
    result = enroll("Clara Wennick", str(ROOT / "README.md"))

    assert result.exit_code == 1
    assert "Clara Wennick was not enrolled" in result.output
    for table in ("person", "consent", "template", "gallery_face"):
        assert stored(f"select count(*) from {table}", tmp_path) == [(0,)], table  # noqa: S608  # our own names
