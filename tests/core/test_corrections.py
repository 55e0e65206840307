"""What people say of a photo's bibs, on top of what was read."""

import pytest

from bot.core.bibs import Bib
from bot.core.corrections import Correction, Settled, applied
from bot.core.geometry import Box
from bot.core.sightings import WHOLE

BOX = Box(0.1, 0.2, 0.3, 0.4)
READ = (Bib("1284", 97.0, BOX), Bib("77", 91.0, BOX, "partial"))


def test_without_corrections_all_stays_as_it_was_read() -> None:
    assert applied(READ, ()) == tuple(map(Settled, READ))


def test_a_changed_number_keeps_its_place_and_tells_who_said_so() -> None:
    said = Correction(by="U1", was="1284", number="1234")

    assert applied(READ, [said])[0] == Settled(Bib("1234", 100.0, BOX), "U1")
    assert said.action == "change"


def test_a_number_on_the_start_list_is_listed() -> None:
    assert applied(READ, [Correction(by="U1", number="5")], {"5"})[0].bib == Bib("5", 100.0, WHOLE, "listed")


def test_a_removed_number_is_gone() -> None:
    assert [one.bib.number for one in applied(READ, [Correction(by="U1", was="1284")])] == ["77"]


def test_a_number_that_was_unsure_can_be_confirmed() -> None:
    assert applied(READ, [Correction(by="U1", was="77", number="77")])[0] == Settled(Bib("77", 100.0, BOX), "U1")


def test_the_last_word_counts() -> None:
    said = [Correction(by="U1", was="1284", number="1234"), Correction(by="U2", was="1234", number="1239")]

    assert applied(READ, said)[0] == Settled(Bib("1239", 100.0, BOX), "U2")


def test_what_was_taken_back_changes_nothing() -> None:
    assert applied(READ, [Correction(by="U1", was="1284", undone_by="U9")]) == applied(READ, ())


def test_a_correction_without_a_number_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="number"):
        Correction(by="U1")
