# ruff: noqa: RUF001 - look-alikes are what `safe` writes
"""Whatever was found, Slack takes the message, and nothing from outside is more than text in it."""

import importlib.util
import json
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.channel import ChannelSettings
from bot.core.report import Line, Link, PhotoReport, Report, Topic
from bot.errors import DamagedPhoto
from bot.slack import Message
from bot.spotter import Status
from handlers.blocks import (
    failure,
    help_message,
    introduction,
    look_modal,
    looking,
    moderators_note,
    photo_reply,
    plain,
    safe,
    sentence,
    status_message,
)

KEY: Final = "C0123-1700000000.000100"
HOSTILE: Final = (
    "<!channel>", "<!here>", "<@U012ABCDEF>", "<#C012ABCDEF|general>", "<https://evil.example|https://slack.com>",
    "&lt;!channel&gt;", "*bold* _it_ ~s~ `code`", "> quote", ":rotating_light:", "@channel @here", "a\u202egpj.exe",
    "\u200b\u2060\ufeff", "line\nline", "&" * 5_000, "<" * 5_000, "_" * 5_000, "\x00\x1b[31m", "\ud800",
)  # fmt: skip
TEXTS: Final = st.text(alphabet=st.one_of(st.sampled_from("<>!@#&*_~`:|/ \n\u200b\u202eahtps"), st.characters()))
RUNNER: Final = PhotoReport(
    file="F1",
    name="IMG_1.jpg",
    bibs=("1234",),
    lines=(
        Line("bibs", "Bib 1234"),
        Line("people", "3 people"),
        Line("celebrities", "Looks like Ada Alm", (Link("Ada Alm on ada.example", "https://ada.example/?a=1&b=2"),)),
        Line("things", "2 bicycles, a dog and a truck"),
        Line("text", "It reads “FINISH” and “BRAINS”"),
    ),
    failures=("Celebrities need Amazon Rekognition.",),
    remarks=("It is animated: I looked at the first frame.",),
)
EMPTY: Final = PhotoReport(file="F2", name="empty.png")
REFUSED: Final = PhotoReport(file="F3", name="plan.pdf", state="refused", refusal="This looks like a PDF.")
WAITING: Final = PhotoReport(file="F4", state="waiting")
UNSAFE: Final = PhotoReport(file="F5", name="bar.jpg", lines=(Line("unsafe", "May be unsafe: alcohol"),))


def hostile(text: str) -> PhotoReport:
    links = (Link(text, text), Link(text, "https://e.example/" + text), Link("fine", "https://e.example/"))
    lines = tuple(Line(topic, text, links) for topic in get_args(Topic))
    return PhotoReport(file="H", name=text, bibs=(text,), lines=lines, failures=(text,), remarks=(text,), refusal=text)


def many(number: int) -> Report:
    return Report(tuple(replace(RUNNER, name=f"IMG_{i}.jpg", bibs=(f"{100 + i}",)) for i in range(number)))


REPORTS: Final = {
    "one": Report((RUNNER,)),
    "ten": many(10),
    "sixty": many(60),
    "a thousand": many(1_000),
    "nothing": Report((EMPTY,)),
    "nothing in two": Report((EMPTY, EMPTY)),
    "refused": Report((REFUSED,)),
    "only refusals": Report((REFUSED, REFUSED)),
    "a bit of everything": Report((RUNNER, EMPTY, REFUSED, UNSAFE)),
    "unsafe": Report((UNSAFE,)),
    "waiting": Report((RUNNER, WAITING, WAITING)),
    "only waiting": Report((WAITING,)),
} | {f"hostile {i}": Report((hostile(text),) * (i % 3 * 30 + 1)) for i, text in enumerate(HOSTILE)}

MESSAGES: Final = {name: photo_reply(report, key=KEY) for name, report in REPORTS.items()} | {
    "moderators": moderators_note(Report((UNSAFE,)), "https://demo.slack.com/files/U1/F5/bar.jpg"),
    "moderators of many": moderators_note(Report((UNSAFE,) * 60), "<!channel>"),
    "plain": plain("Done."),
    "sentence": sentence("<!channel> " * 1_000),
    "failure": failure(DamagedPhoto()),
    "looking": looking("Looking at the newest photo here; I answer in its thread.", "C0123"),
    "status": status_message(
        Status(engine="Amazon Rekognition", settings=ChannelSettings(), spent=6_000, cap=25_000_000), "C0123"
    ),
    "help": help_message([("/findbib", "1234", "Find a runner's photos.")] * 60, "C0123"),
    "introduction": introduction("C0123"),
}


def strings(value: Any, key: str = "text") -> Iterator[str]:
    """Walk to every text that a person reads."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str) and key == "text":
        yield value


def shown(message: Message) -> str:
    return "\n".join(strings(message.blocks))


@pytest.fixture(scope="module")
def check(shared: Path) -> Callable[..., list[str]]:
    """The checker made from Slack's own types and limits."""
    spec = importlib.util.spec_from_file_location("blockkit_check", shared / "blockkit" / "blockkit_check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the checker leaves its schema file open
        spec.loader.exec_module(module)
    found: Callable[..., list[str]] = module.check
    return found


@pytest.mark.shared
@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_every_message(name: str, check: Callable[..., list[str]]) -> None:
    assert check(list(MESSAGES[name].blocks)) == []


@pytest.mark.shared
def test_slack_takes_the_modal(check: Callable[..., list[str]]) -> None:
    assert check(look_modal("C0123"), "modal") == []


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_keeps_the_limits_and_has_words(name: str) -> None:
    message = MESSAGES[name]

    assert 1 <= len(message.blocks) <= 50
    assert 1 <= len(message.text) <= 4_000
    assert all(1 <= len(text) <= 3_000 for text in strings(message.blocks))
    assert len(shown(message)) <= 10_000
    json.dumps(message.blocks).encode()


@given(texts=st.lists(TEXTS, min_size=100, max_size=100))
@settings(max_examples=100, deadline=None)
def test_no_text_pings_links_or_formats(texts: list[str]) -> None:
    for said in map(safe, texts):
        assert len(said) <= 80
        assert not re.search(r"[<>*~`\n]", said)
        assert not re.search(r"&(?!amp;|lt;|gt;)", said)
        assert not re.search(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", said)
        assert said.isprintable() or not re.search(r"[\u200b\u202e\x00-\x1f]", said)


@pytest.mark.shared
@pytest.mark.parametrize("file", ["strings_injection.txt", "strings_blns.txt"])
def test_no_known_hostile_string_reaches_slack_as_markup(file: str, shared: Path) -> None:
    texts = (shared / "badfiles" / file).read_text().splitlines()

    for text in texts:
        message = photo_reply(Report((hostile(text),)), key=KEY)
        assert not re.search(r"<[!@#]", shown(message) + message.text)
        assert all(re.fullmatch(r"https?://[^\s<>|]+", link) for link in re.findall(r"<([^|>]*)", shown(message)))
        assert "<" not in message.text
    assert len(texts) > 40


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("IMG_2041_final.jpg", "IMG_2041_final.jpg"),
        ("R&D <b>", "R&amp;D &lt;b&gt;"),
        ("*bold* _it_ ~s~ `code`", "∗bold∗ ˍitˍ ∼s∼ ˋcodeˋ"),
        ("> quote", "›quote"),
        (":tada: 1:33:04 :100:", "∶tada: 1:33:04 ∶100:"),
        ("  a\n\tb\u200b\u202ec ", "a bc"),
        ("e\u0301", "é"),
        ("😀 １２３", "😀 １２３"),
        ("", ""),
    ],
)
def test_text_stays_readable(text: str, said: str) -> None:
    assert safe(text) == said


def test_long_text_is_cut_between_characters_never_inside_an_entity() -> None:
    assert safe("a" * 80) == "a" * 80
    assert safe("a" * 81) == "a" * 79 + "…"
    assert safe("&" * 81) == "&amp;" * 15 + "…"


def test_the_reply_reads_well() -> None:
    assert MESSAGES["one"].text == (
        "Bib 1234 · 3 people\n"
        "Looks like Ada Alm\n"
        "2 bicycles, a dog and a truck\n"
        "It reads “FINISH” and “BRAINS”\n"
        "Ada Alm on ada.example\n"
        "It is animated: I looked at the first frame.\n"
        "Celebrities need Amazon Rekognition."
    )


def test_the_first_block_is_the_finding_with_the_menu_and_its_key() -> None:
    first = MESSAGES["one"].blocks[0]

    assert first["text"]["text"] == "*Bib 1234 · 3 people*"
    assert first["block_id"] == KEY
    assert first["accessory"]["action_id"] == "photo_reply"
    assert [option["value"] for option in first["accessory"]["options"]] == [
        "boxes",
        "why",
        "picture",
        "correct",
        "delete",
    ]


def test_a_web_page_becomes_a_link_and_nothing_else_does() -> None:
    assert "<https://ada.example/?a=1&amp;b=2|Ada Alm on ada.example>" in shown(MESSAGES["one"])
    assert "<" not in shown(photo_reply(Report((hostile("javascript:alert(1)|<x>"),)), key=KEY)).replace(
        "<https://e.example/|fine>", ""
    )


def test_unsafe_content_is_marked_before_anything_else() -> None:
    assert shown(MESSAGES["unsafe"]).startswith(":warning: *May be unsafe: alcohol*")
    assert MESSAGES["unsafe"].text == "May be unsafe: alcohol"


def test_moderators_are_told_what_and_where() -> None:
    assert shown(MESSAGES["moderators"]) == (
        ":warning: *May be unsafe: alcohol*\n<https://demo.slack.com/files/U1/F5/bar.jpg|Open the photo>"
    )


def test_several_photos_have_a_summary_then_a_paragraph_each() -> None:
    assert MESSAGES["a bit of everything"].text.splitlines() == [
        "1 of 3 photos may be unsafe · Bib 1234",
        "IMG_1.jpg: Bib 1234 · 3 people",
        "Looks like Ada Alm",
        "2 bicycles, a dog and a truck",
        "It reads “FINISH” and “BRAINS”",
        "Ada Alm on ada.example",
        "It is animated: I looked at the first frame.",
        "plan.pdf: This looks like a PDF.",
        "bar.jpg: May be unsafe: alcohol",
        "Nothing found in empty.png.",
        "Celebrities need Amazon Rekognition. (1 photo)",
    ]


def test_sixty_photos_are_each_told_and_a_thousand_are_counted() -> None:
    assert all(f"*IMG_{i}.jpg*" in shown(MESSAGES["sixty"]) for i in range(60))
    assert "And 940 more photos." in shown(MESSAGES["a thousand"])


def test_nothing_of_a_photo_is_told_twice() -> None:
    for part in (MESSAGES["one"].text, shown(MESSAGES["one"])):
        lines = part.splitlines()
        assert len(lines) == len(set(lines))
        assert part.count("Bib 1234") == part.count("3 people") == 1


def test_a_look_offers_the_next_one_and_its_modal_remembers_the_channel() -> None:
    modal = look_modal("C0123")

    [button] = MESSAGES["looking"].blocks[-1]["elements"]

    assert (button["action_id"], button["value"]) == ("look_upload", "C0123")
    assert (modal["callback_id"], modal["private_metadata"]) == ("look", "C0123")
    assert modal["blocks"][0]["element"]["filetypes"] == ["jpg", "jpeg", "png", "heic", "webp", "gif"]
    assert modal["blocks"][0]["element"]["max_files"] == 1


def test_the_status_says_what_is_on_who_looks_and_what_it_cost() -> None:
    assert MESSAGES["status"].text == (
        "I am on in this channel. I look for things and places, bib numbers and other text, faces, celebrities and "
        "unsafe content. "
        "Face matching is off. Photos are looked at by Amazon Rekognition; "
        "this month has cost $0.0060 of $25.00 so far."
    )


def test_help_names_each_command_with_what_follows_it() -> None:
    commands = [("/findbib", "1234 | a name | ?", "Find a runner's photos."), ("/spotter", "", "Show this.")]

    assert help_message(commands, "C0123").text.splitlines()[1:] == [
        "/findbib 1234: Find a runner's photos. Also: a name, ?",
        "/spotter: Show this.",
    ]
