"""Which words are bib numbers, how sure that is, and why."""

from datetime import date

import pytest

from bot.core.bib_format import bib_format
from bot.core.bibs import UNLISTED, Bib, bibs_among
from bot.core.channel import ChannelSettings
from bot.core.event import Event, event_of
from bot.core.findings import Face, Word
from bot.core.geometry import Box
from bot.core.start_list import start_list

FACE = Face(Box(0.45, 0.1, 0.1, 0.1), 99.0)
"""Its bib stands around x 0.5, y 0.45."""
LISTED = start_list("bib,name\n1234,Ada Lind\n2008,Bo Kern\n0042,Cy Moor\n")


def word(text: str, x: float = 0.5, y: float = 0.45, confidence: float = 99.0, line: int = -1) -> Word:
    """A word of which each letter is 0.03 wide and 0.05 high."""
    width = 0.03 * len(text)
    return Word(text, confidence, Box(x - width / 2, y - 0.025, width, 0.05), line)


def only(*words: Word, **known: object) -> Bib:
    (bib,) = bibs_among(words, **known)  # type: ignore[arg-type]  # each test names its own
    return bib


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("12", "12"), ("1234", "1234"), ("123456", "123456"), ("007", "007")),
        *(("#1234", "1234"), ("No. 1234", "1234"), ("Nr 77", "77"), ("N°815", "815"), (" 1234. ", "1234")),
        ("\uff11\uff12\uff13", "123"),
    ],
)
def test_two_to_six_digits_are_read_with_their_zeros_and_without_their_prefix(text: str, number: str) -> None:
    assert only(word(text)).number == number
    assert only(word(text)).asserted


@pytest.mark.parametrize("text", ["1", "1234567", "A12", "FINISH", "", "#", "1a2"])
def test_what_has_another_form_is_no_bib(text: str) -> None:
    assert bibs_among([word(text)]) == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1:33:04", "a clock"),
        ("1.33.04", "a clock"),
        ("08-09 OCT 2022", "a date"),
        ("12/05/2024", "a date"),
        ("May 17", "a date"),
        ("21KM", "a distance or a measure"),
        ("10 km", "a distance or a measure"),
        ("KM 32", "a distance or a measure"),
        ("5K", "a distance or a measure"),
        ("€ 25", "a price"),
        ("12.5", "a decimal number"),
        ("DA-744-KJ", "a number plate"),
        ("+41 44 123 4567", "a phone number"),
        ("10TH", "an ordinal"),
    ],
)
def test_a_number_that_is_something_else_is_refused_with_the_reason(line: str, why: str) -> None:
    words = [word(text, x=0.2 + 0.2 * place, line=1) for place, text in enumerate(line.split())]

    assert {(bib.state, bib.why) for bib in bibs_among(words)} == {("refused", why)}


def test_a_name_or_a_club_beside_a_number_does_not_refuse_it() -> None:
    words = [word("252", 0.4, line=1), word("LISBOA", 0.7, line=1), word("12", 0.2, 0.8, line=2), word("Maria", line=2)]

    assert [bib.number for bib in bibs_among(words) if bib.asserted] == ["12", "252"]


def test_a_word_with_spaces_is_several_numbers_each_at_its_place() -> None:
    first, second = sorted(bibs_among([word("5000 e 10000", 0.5)]), key=lambda bib: bib.box.left)

    assert (first.number, second.number) == ("5000", "10000")
    assert first.box.right < second.box.left


def test_a_year_is_refused_unless_a_runner_wears_it() -> None:
    assert only(word("2008")).why == "a year"
    assert only(word("2008"), faces=[FACE], start_list=LISTED).name == "Bo Kern"
    assert only(word("2008", y=0.03), faces=[FACE], start_list=LISTED).state == "refused"


def test_the_year_of_the_event_is_refused_however_far_away_it_is() -> None:
    assert only(word("2101"), event=Event(day=date(2101, 5, 1))).why == "the year of the event"
    assert only(word("2078")).asserted


def test_what_an_admin_refused_is_refused() -> None:
    event = event_of(ChannelSettings(refuse=("4711",), event_date="2026-05-17"))

    assert only(word("4711"), event=event).state == "refused"
    assert only(word("4712"), event=event).asserted


def test_a_number_under_a_face_is_surer_than_one_beside_or_above_it() -> None:
    under, beside, above = (only(word("1234", x, y), faces=[FACE]) for x, y in ((0.5, 0.45), (0.9, 0.45), (0.9, 0.05)))

    assert under.confidence > beside.confidence > above.confidence
    assert under.asserted
    assert (above.state, above.why) == ("partial", "not where a bib is worn")


def test_without_a_face_the_place_does_not_count() -> None:
    assert only(word("1234", 0.9, 0.05)).asserted


@pytest.mark.parametrize("x", [0.06, 0.94])
def test_a_number_at_the_left_or_right_edge_may_be_cut(x: float) -> None:
    bib = only(word("1234", x), size=(1000, 1000))

    assert (bib.state, bib.why) == ("partial", "cut by the photo's edge")


def test_what_is_hard_to_read_is_kept_and_not_asserted() -> None:
    assert only(word("1234", confidence=60.0)).state == "partial"
    assert bibs_among([word("1234", confidence=20.0)]) == ()


def test_a_digit_that_one_look_lost_is_given_back_by_the_other() -> None:
    assert only(word("463", 0.51, confidence=96.0), word("1463", confidence=99.0)).number == "1463"


def test_the_edge_of_a_bib_that_one_look_took_for_a_digit_is_taken_away_by_a_surer_one() -> None:
    with_edge = Word("4847", 98.0, word("847").box)

    assert only(with_edge, word("847", confidence=100.0)).number == "847"
    assert only(with_edge, word("847", confidence=98.5)).state == "partial"


def test_what_is_beside_a_bib_is_no_digit_where_a_look_without_it_is_clearly_surer() -> None:
    assert only(word("4847", confidence=98.0), word("847", 0.51, confidence=100.0)).number == "847"


def test_of_two_readings_one_that_is_clearly_surer_is_told() -> None:
    assert only(word("2475", confidence=99.0), word("9475", confidence=96.0)).number == "2475"


def test_zeros_before_a_number_say_that_all_are_equally_long() -> None:
    assert only(word("087")).asserted
    words = [word("087", 0.2), word("4770", 0.7)]
    assert {bib.number: bib.state for bib in bibs_among(words)} == {"4770": "read", "087": "partial"}


def test_two_looks_that_disagree_assert_nothing() -> None:
    bib = only(word("2475", confidence=92.0), word("9475", confidence=95.0))

    assert (bib.state, bib.why) == ("partial", "two looks read it differently")


def test_looks_that_agree_make_a_number_surer_where_none_read_another() -> None:
    votes = word("976", confidence=94.0), word("976", confidence=86.0)

    assert not only(votes[0]).asserted
    assert only(*votes).asserted
    assert not only(*votes, word("926", confidence=80.0)).asserted


def test_of_two_readings_the_start_list_knows_the_right_one() -> None:
    bib = only(word("7234", confidence=97.0), word("1234", confidence=93.0), start_list=LISTED)

    assert (bib.number, bib.state, bib.name) == ("1234", "listed", "Ada Lind")


def test_a_listed_number_has_its_name_and_its_zeros() -> None:
    assert only(word("0042"), start_list=LISTED).name == "Cy Moor"
    assert [bib.state for bib in bibs_among([word("042")], start_list=LISTED)] == ["read", "suggested"]


def test_a_misread_number_is_never_put_right_in_silence() -> None:
    read, suggested = bibs_among([word("1284")], start_list=LISTED)

    assert (read.number, read.state, read.why, read.asserted) == ("1284", "read", UNLISTED, False)
    assert (suggested.number, suggested.state, suggested.instead_of) == ("1234", "suggested", "1284")
    assert (suggested.name, suggested.asserted) == ("Ada Lind", False)


def test_single_digits_count_where_the_list_names_some() -> None:
    assert bibs_among([word("7")]) == ()
    assert only(word("7"), start_list=start_list("7,Eve")).name == "Eve"


def test_a_mask_takes_letters_and_keeps_a_part_apart() -> None:
    event = Event(format=bib_format(r"[A-F]\d{3}"))
    words = [
        word("B123", 0.2),
        word("C12", 0.5),
        word("123", 0.8, 0.7),
        word("X123", 0.8, 0.2),
        word("B1234", 0.5, 0.8),
    ]

    assert {bib.number: bib.state for bib in bibs_among(words, event=event)} == {
        "B123": "read",
        "C12": "partial",
        "123": "partial",
    }


@pytest.mark.parametrize("text", ["5O847", "80847"])
def test_a_mask_tells_a_letter_from_a_digit_of_its_shape(text: str) -> None:
    bib = only(word(text, confidence=100.0), event=Event(format=bib_format(r"[ST]\d{4}")))

    assert (bib.number, bib.asserted) == ("S0847", True)
    assert bib.confidence < 100


def piece(text: str, left: float, width: float, top: float = 0.45, height: float = 0.05) -> Word:
    return Word(text, 99.0, Box(left, top, width, height), 1)


MASKED = Event(format=bib_format(r"[ST]\d{4}"))


def test_a_dollar_sign_is_the_letter_that_a_mask_wants_and_a_price_elsewhere() -> None:
    assert only(word("$0847"), event=MASKED).number == "S0847"
    assert only(word("$084"), event=MASKED).state == "refused"
    assert only(word("$0847")).why == "a price"


@pytest.mark.parametrize(
    "pieces",
    [
        [piece("T", 0.40, 0.02, 0.46, 0.03), piece("2079", 0.42, 0.12)],
        [piece("T207", 0.40, 0.12), piece("9", 0.515, 0.03)],
        [piece("T", 0.40, 0.03), piece("207", 0.42, 0.09), piece("9", 0.50, 0.03)],
        [piece("9", 0.50, 0.03), piece("T207", 0.40, 0.11)],
    ],
)
def test_pieces_side_by_side_are_one_number_of_a_mask(pieces: list[Word]) -> None:
    bibs = bibs_among(pieces, event=MASKED)

    assert [(bib.number, bib.asserted) for bib in bibs] == [("T2079", True)]
    assert bibs[0].confidence < 99


@pytest.mark.parametrize(
    "pieces",
    [
        [piece("T207", 0.40, 0.12), piece("9", 0.60, 0.03)],
        [piece("T207", 0.40, 0.12), piece("9", 0.52, 0.03, 0.50)],
        [piece("T207", 0.40, 0.12), piece("9", 0.52, 0.03, 0.46, 0.015)],
        [piece("T207", 0.40, 0.12), piece("7", 0.495, 0.03)],
        [piece("T", 0.40, 0.03), piece("2", 0.43, 0.03), piece("0", 0.46, 0.03), piece("79", 0.49, 0.06)],
    ],
    ids=["far apart", "below", "much smaller", "the same digit again", "more pieces than a number falls into"],
)
def test_pieces_that_do_not_belong_together_stay_pieces(pieces: list[Word]) -> None:
    assert not any(bib.asserted for bib in bibs_among(pieces, event=MASKED))


def test_a_number_in_pieces_may_be_one_that_the_event_refuses() -> None:
    event = Event(format=MASKED.format, refused=frozenset({"T2079"}))

    bib = only(piece("T", 0.40, 0.03), piece("2079", 0.42, 0.12), event=event)

    assert (bib.number, bib.state) == ("T2079", "refused")


def test_without_a_mask_numbers_side_by_side_stay_two() -> None:
    bibs = bibs_among([piece("20", 0.40, 0.06), piece("79", 0.46, 0.06)])

    assert sorted(bib.number for bib in bibs) == ["20", "79"]


def test_a_clock_in_pieces_is_no_number_of_a_mask() -> None:
    words = [piece("12:34", 0.3, 0.15), piece("12", 0.40, 0.06), piece("34", 0.46, 0.06)]

    assert not any(bib.asserted for bib in bibs_among(words, event=Event(format=bib_format(r"\d{4}"))))


def test_a_range_refuses_nothing_and_takes_only_its_own() -> None:
    event = Event(format=bib_format("100-450"))

    assert [bib.number for bib in bibs_among([word("99", 0.2), word("100"), word("451", 0.8)], event=event)] == ["100"]


def test_a_mask_and_a_range_count_together() -> None:
    event = event_of(ChannelSettings(event_format=r"T\d{4}", bib_range="1-2500"))

    bibs = bibs_among([word("T2600", 0.2), word("T0100"), word("100", 0.8, 0.8)], event=event)

    assert {bib.number: bib.state for bib in bibs} == {"T0100": "read", "100": "partial"}


def test_each_number_is_told_once_asserted_ones_and_the_surest_first() -> None:
    words = [word("11", 0.1, confidence=95.0), word("22", 0.5), word("22", 0.5, 0.8), word("33", 0.8, confidence=60.0)]

    assert [bib.number for bib in bibs_among(words)] == ["22", "11", "33"]


def test_equally_sure_numbers_come_from_left_to_right() -> None:
    words = [word("33", 0.8, confidence=99.3), word("11", 0.1, confidence=98.8), word("22", 0.5, confidence=99.6)]

    assert [bib.number for bib in bibs_among(words)] == ["22", "11", "33"]


def test_a_small_line_in_the_same_box_is_another_text() -> None:
    year = Word("2026", 98.0, Box(0.46, 0.44, 0.06, 0.02))

    assert {bib.number: bib.state for bib in bibs_among([word("1207"), year])} == {"1207": "read", "2026": "refused"}


@pytest.mark.parametrize(("x", "state"), [(0.46, "partial"), (0.9, "read")])
def test_small_print_beside_a_bib_is_doubted_unless_another_wears_it(x: float, state: str) -> None:
    faces = [FACE, Face(Box(0.85, 0.1, 0.1, 0.1), 99.0)]
    words = [word("3369"), Word("13", 99.0, Box(x - 0.01, 0.35, 0.02, 0.02))]

    assert {bib.number: bib.state for bib in bibs_among(words, faces)} == {"3369": "read", "13": state}


def test_the_end_of_a_banners_year_is_a_part_of_it() -> None:
    words = [word("2026", 0.2, 0.1), word("26", 0.8, 0.1), word("20815", 0.5, 0.6)]

    assert {bib.number: bib.state for bib in bibs_among(words)} == {
        "20815": "read",
        "26": "partial",
        "2026": "refused",
    }
