"""Votes, files of ours, and the evidence behind an answer."""

from dataclasses import replace

from bot.core.findings import Celebrity, Color, Face, ImageQuality, Label, Protected, Unsafe, Word
from bot.core.share import Looked, Share
from storage import Storage
from storage.answers import Question
from storage.feedback import Votes
from storage.uploads import Upload
from tests.storage.found import BOX, bib, put

FOUND = {
    "labels": (Label("Dog", 90.0, (BOX, BOX), ("Animal",)), ImageQuality(1.0, 2.0, 3.0), Color("red", "#F00", 9.0)),
    "text": (Word("12", 99.0, BOX, 1, 2.0),),
    "faces": (Face(BOX, 99.0, sharpness=50.0),),
    "celebrities": (Celebrity("Grace", 98.0, BOX, ("https://x.example",)),),
    "protective_equipment": (Protected(BOX, "missing", {"head cover": "missing"}),),
    "moderation": (Unsafe("Weapons", "Violence", 80.0),),
}


def test_everybody_has_one_vote_on_an_answer_and_the_last_counts(storage: Storage) -> None:
    with storage.begin("T1") as work:
        work.feedback.vote("C1", "1.0", "U1", good=(), bad=("text", "faces"), day="2026-05-17")
        work.feedback.vote("C1", "1.0", "U1", good=("text",), bad=(), day="2026-05-18")
        work.feedback.vote("C1", "1.0", "U2", good=(), bad=("text",), day="2026-05-18")
    with storage.begin("T2") as work:
        work.feedback.vote("C1", "1.0", "U1", good=("text",), bad=(), day="2026-05-18")
    with storage.begin("T1") as work:
        assert work.feedback.counts() == {"text": Votes(1, 1)}
        assert work.feedback.counts("2026-05-19") == {}


def test_an_upload_is_kept_in_place_of_the_one_before(storage: Storage) -> None:
    nothing = Upload(channel="C1", ts="1.0", about="F1")
    there = replace(nothing, files=("F7", "F8"), shows="boxes", turn=1)
    with storage.begin("T1") as work:
        assert work.uploads.of("C1", "1.0", "F1") == nothing
        assert work.uploads.change(nothing, nothing)
        assert work.uploads.change(nothing, there)
        assert not work.uploads.change(nothing, replace(there, shows="overtaken"))
    with storage.begin("T1") as work:
        assert work.uploads.of_message("C1", "1.0") == (there,)
    with storage.begin("T2") as work:
        assert work.uploads.of_message("C1", "1.0") == ()


def test_the_evidence_is_what_was_found_and_who_found_it(storage: Storage) -> None:
    share = Share(channel="C1", ts="1.0", file="F1")
    with storage.begin("T1") as work:
        work.shares.begin(share)
        work.shares.finish(share, Looked(digest="d1", bibs=(bib("12"),), found=FOUND, cost=1_000), "look:1")
        work.answers.keep(Question("d1", "detect_text", "", "engine 7"), {})
    with storage.begin("T1") as work:
        [photo] = work.evidence.of_message("C1", "1.0")

    assert photo.found == FOUND
    assert [one.number for one in photo.bibs] == ["12"]
    assert (photo.asked, photo.job, photo.cost) == ((("detect_text", "engine 7"),), "look:1", 1_000)


def test_the_evidence_between_two_moments_is_that_of_whole_messages(storage: Storage) -> None:
    put(storage, "F1")
    put(storage, "F2")
    put(storage, "F3", channel="C2")
    with storage.begin("T1") as work:
        assert [photo.share.file for photo in work.evidence.between("C1", "1.F1", "1.F2")] == ["F1"]
