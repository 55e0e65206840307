"""What people say of a photo's bibs: it counts at once, and it lasts."""

from dataclasses import replace

import pytest

from bot.core.corrections import Correction
from bot.core.report import Line
from bot.core.share import Looked, Share
from bot.errors import AskError
from storage import Storage
from tests.storage.found import FACES, bib, put

SEES = frozenset({"C1", "C2"})
FIXED = Correction(by="U1", was="1284", number="1234")


def correct(storage: Storage, share: Share, correction: Correction = FIXED, workspace: str = "T1") -> tuple[Share, ...]:
    with storage.begin(workspace) as work:
        return work.corrections.make(share, correction)


def found(storage: Storage, number: str, workspace: str = "T1") -> list[tuple[str, float, str]]:
    with storage.begin(workspace) as work:
        page = work.bibs.find((number,), SEES)
        return [(one.share.file, one.confidence, one.corrected_by) for one in page.sightings]


def test_a_correction_counts_at_once(storage: Storage) -> None:
    share = put(storage, "F1", bib("1284"))

    assert correct(storage, share) == (share,)

    assert found(storage, "1234") == [("F1", 100.0, "U1")]
    assert found(storage, "1284") == []


def test_it_survives_another_look(storage: Storage) -> None:
    correct(storage, put(storage, "F1", bib("1284")))

    put(storage, "F1", bib("1284", 99.0))

    assert found(storage, "1234") == [("F1", 100.0, "U1")]
    assert found(storage, "1284") == []


def test_it_holds_for_the_same_pixels_in_its_channel_and_nowhere_else(storage: Storage) -> None:
    first = put(storage, "F1", bib("1284"), digest="same")
    second = put(storage, "F2", bib("1284"), digest="same")
    put(storage, "F4", bib("1284"), digest="same", channel="C2")

    assert set(correct(storage, first)) == {first, second}
    put(storage, "F3", bib("1284"), digest="same")
    put(storage, "F5", bib("1284"), digest="same", channel="C2")

    assert sorted(file for file, _, _ in found(storage, "1234")) == ["F1", "F2", "F3"]


def test_it_stays_in_its_workspace(storage: Storage) -> None:
    put(storage, "F1", bib("1284"), digest="same", workspace="T2")
    share = put(storage, "F1", bib("1284"), digest="same")

    correct(storage, share)

    assert found(storage, "1284", "T2") == [("F1", 95.0, "")]
    with storage.begin("T2") as work, pytest.raises(AskError):
        work.corrections.undo(_last(storage, share).id, by="U9")


def test_taken_back_the_machine_counts_again(storage: Storage) -> None:
    share = put(storage, "F1", bib("1284"))
    correct(storage, share)

    with storage.begin("T1") as work:
        assert work.corrections.undo(_last(storage, share).id, by="U9") == (share,)

    assert found(storage, "1284") == [("F1", 95.0, "")]
    assert found(storage, "1234") == []
    assert _last(storage, share).undone_by == "U9"


def test_it_is_taken_back_once(storage: Storage) -> None:
    share = put(storage, "F1", bib("1284"))
    correct(storage, share)
    with storage.begin("T1") as work:
        work.corrections.undo(_last(storage, share).id, by="U9")

    with storage.begin("T1") as work, pytest.raises(AskError, match="taken back already"):
        work.corrections.undo(_last(storage, share).id, by="U8")


def test_who_and_when_are_kept(storage: Storage) -> None:
    share = put(storage, "F1", bib("1284"))
    correct(storage, share)

    said = _last(storage, share)

    assert replace(said, id=0, at=None) == replace(FIXED, channel="C1")
    assert said.at is not None


def test_a_number_of_the_start_list_is_listed(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.start_lists.replace("C1", [("1234", "Anna", {})])
    correct(storage, put(storage, "F1", bib("1284")))

    with storage.begin("T1") as work:
        (sighting,) = work.bibs.find(("1234",), SEES).sightings

    assert (sighting.state, sighting.runner) == ("listed", "Anna")


def test_a_photo_has_no_bib_once_its_only_one_was_removed(storage: Storage) -> None:
    share = put(storage, "F1", bib("1284"), found=FACES)
    correct(storage, share, Correction(by="U1", was="1284"))

    with storage.begin("T1") as work:
        assert work.bibs.without_bib(SEES).total == 1
    correct(storage, share, Correction(by="U1", number="7"))
    with storage.begin("T1") as work:
        assert work.bibs.without_bib(SEES).total == 0


def test_the_right_number_is_told_in_place_of_the_wrong_one(storage: Storage) -> None:
    share = Share(channel="C1", ts="1.1", file="F1")
    lines = (Line("things", "a bicycle"),)
    with storage.begin("T1") as work:
        work.shares.begin(share)
        work.shares.finish(share, Looked(digest="d1", bibs=(bib("1284"),), lines=lines))
    correct(storage, share)

    with storage.begin("T1") as work:
        (report,) = work.shares.of_message("C1", "1.1")

    assert (report.bibs, report.lines) == (("1234",), lines)


def test_a_photo_that_is_not_known_cannot_be_corrected(storage: Storage) -> None:
    with pytest.raises(AskError, match="don't know this photo"):
        correct(storage, Share(channel="C1", ts="1.1", file="F1"))


def test_it_is_forgotten_with_the_last_share_of_its_photo(storage: Storage) -> None:
    share = put(storage, "F1", bib("1284"), digest="same")
    put(storage, "F2", bib("1284"), digest="same")
    correct(storage, share)
    with storage.begin("T1") as work:
        work.shares.forget("F1")
    assert found(storage, "1234") == [("F2", 100.0, "U1")]

    with storage.begin("T1") as work:
        work.shares.forget("F2")
    put(storage, "F3", bib("1284"), digest="same")

    assert found(storage, "1284") == [("F3", 95.0, "")]


def _last(storage: Storage, share: Share) -> Correction:
    with storage.begin("T1") as work:
        return work.corrections.of(share)[-1]
