"""What somebody agrees to before their face is known: the words, who said yes to them, and until when; pure."""

import hashlib
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, Literal
from unicodedata import category

from bot.errors import AskError

VERSION: Final = "2026-11"
"""Of the words below; another one for each change of them."""
MONTHS: Final = 12
"""How long a consent holds (DESIGN §6)."""
ASK_AGAIN: Final = 11
"""Months after which somebody is asked whether they want to stay (facts: trust §4)."""
INVITATION_DAYS: Final = 7

TEXT: Final = """
Who: the admins of this Slack workspace run Spotter. They choose the channels in which it looks for faces.

Why: Spotter looks for your face in photos that are shared in these channels, so that you can find photos of you and,
only if you want that, so that others can read who is in them. It says "probably" and never decides anything about you.

What is stored: your name, and for each photo that you give a row of numbers that describes the face in it. The photos
themselves are not stored. {kept}

Who sees it: you. The admins see that you take part. Others read your name only if you tick the second box. Every search
is written down, and you can read who looked for you: /faces audit.

How long: {months} months. After {ask_again} months Spotter asks whether you want to stay; without an answer everything
is deleted. It is also deleted when you leave the workspace, or when Spotter does.

How to leave: type /faces forget at any time, without giving a reason. From the next second on you are neither found nor
named, and then the numbers are deleted. /faces export gives you all that is stored about you.

You don't have to: saying no, or leaving later, has no effect on anything else. Your photos can be found by bib number,
too: /findbib.

You must be 18 or older, and the photos must show your own face.
"""

FIND_ME: Final = "Find me in photos, for myself."
SHOW_NAME: Final = "Others here may read my name on photos, too."
NAME_SIGNS: Final = frozenset(" .,'’-_()")  # noqa: RUF001  # the apostrophe that phones write
LONGEST_NAME: Final = 80

Act = Literal["given", "attested", "changed", "renewed", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentForm:
    """What is shown to whoever is asked.

    Attributes:
        paragraphs: Plain text: who, why, what, who sees it, how long, how to leave.
        invited_by: The Slack id of the admin whose invitation is open; empty where there is none.
        version: Of the text.
        find_me: The label of the first box.
        show_name: The label of the second box, which is a question of its own.
    """

    paragraphs: tuple[str, ...]
    invited_by: str = ""
    version: str = VERSION
    find_me: str = FIND_ME
    show_name: str = SHOW_NAME

    @property
    def text(self) -> str:
        """All that is signed: the paragraphs and both boxes."""
        return "\n\n".join([*self.paragraphs, self.find_me, self.show_name])

    @property
    def hash(self) -> str:
        """SHA-256 of the text, in hex."""
        return text_hash(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One line of the ledger.

    Attributes:
        person: Whom it is about, by their id.
        act: What happened.
        find_me: Whether they may be looked for from now on.
        show_name: Whether others may read their name from now on.
        by: Who said so: a Slack user's id; `terminal` for the operator.
        signed: The name that was typed; empty where the act needs no signature.
        reference: Where an admin keeps the written consent; empty for people who signed here.
        given_on: The day of the written consent, such as `2026-05-17`.
        version: Of the text.
        text: What was shown, word by word.
        at: When, in UTC, without a zone.
    """

    person: str
    act: Act
    find_me: bool
    show_name: bool
    by: str
    signed: str = ""
    reference: str = ""
    given_on: str = ""
    version: str = VERSION
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """An admin's word that somebody from outside the workspace has agreed in writing.

    Attributes:
        name: How they are called.
        reference: Where the written consent is kept.
        given_on: Its day, such as `2026-05-17`.
        find_me: Whether they may be looked for.
        show_name: Whether their name may be read by others.
    """

    name: str
    reference: str
    given_on: str
    find_me: bool = True
    show_name: bool = True


def consent_form(kept: str, invited_by: str = "") -> ConsentForm:
    """The words that are shown and signed.

    Args:
        kept: Where the numbers are: `where_kept`.
        invited_by: The Slack id of the admin who asked.
    """
    paragraphs = TEXT.format(kept=kept, months=MONTHS, ask_again=ASK_AGAIN).split("\n\n")
    return ConsentForm(paragraphs=tuple(" ".join(one.split()) for one in paragraphs), invited_by=invited_by)


def where_kept(*, paid: bool, region: str) -> str:
    """Say where the numbers are kept.

    Args:
        paid: Whether Amazon Rekognition looks.
        region: Where it does, such as `eu-west-1`.
    """
    if paid:
        return (
            f"The photos are looked at, and the numbers kept, by Amazon Rekognition in its region {region}, in the"
            " account of those who run Spotter; Amazon may use the photos to improve its service unless they opted out."
        )
    return "The photos are looked at, and the numbers kept, on the machine that Spotter runs on, and nowhere else."


def text_hash(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def name_of(typed: str) -> str:
    """Read a name that somebody typed.

    Raises:
        AskError: It is no name.
    """
    name = " ".join(typed.split())
    if not any(sign.isalpha() for sign in name):
        raise AskError("Please type the name, in letters.")
    if len(name) > LONGEST_NAME:
        raise AskError(f"This name is too long; {LONGEST_NAME} letters at most, please.")
    if strange := next((sign for sign in name if not _of_a_name(sign)), ""):
        shown = strange if strange.isprintable() else "an invisible character"
        raise AskError(f"A name can't have “{shown}” in it. Letters, digits, dots, hyphens and apostrophes are fine.")
    return name


def day_of(typed: str, today: date) -> str:
    """Read the day on which a written consent was given, such as `2026-05-17`.

    Raises:
        AskError: It is no day, or still to come.
    """
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError as error:
        raise AskError("Please write the day of the consent like 2026-05-17.") from error
    if day > today:
        raise AskError("The day of the consent can't be in the future.")
    return day.isoformat()


def utc_now() -> datetime:
    """The moment, as it is stored: in UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later (or earlier), or the last one of a shorter month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def _of_a_name(sign: str) -> bool:
    """Letters and digits of every script, their accents and joiners, and what stands between names."""
    return sign.isalnum() or sign in NAME_SIGNS or category(sign) in ("Mn", "Mc") or sign in "\u200c\u200d"
