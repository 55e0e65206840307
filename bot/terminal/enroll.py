"""`spotter enroll`: somebody is known by photos on this machine, in the workspace `local`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.consent import Attestation, name_of, utc_now
from bot.core.enrolment import progress
from bot.core.people import Person
from bot.errors import AskError, SpotterError
from bot.eyes import Eyes, eyes
from bot.people.learning import KNOWN, candidate
from bot.settings import Settings
from bot.terminal import OPERATOR, WORKSPACE, Say


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for.

    Attributes:
        name: Whose face it is.
        photos: Paths of photos of it.
        consent: Where the written consent is kept.
    """

    name: str
    photos: Sequence[str]
    consent: str


def run(wanted: Wanted, settings: Settings, say: Say) -> None:
    """Enrol somebody, with a sentence for each photo.

    Raises:
        SpotterError: No photo was taken; then nothing is kept.
    """
    with eyes(settings) as seeing:
        person = _person(seeing, wanted)
        taken = sum([_take(seeing, person, path, say) for path in wanted.photos])
        with seeing.storage.begin(WORKSPACE) as work:
            known = work.people.of_id(person.id)
            if known and not known.photos:
                work.consents.remove(person.id)
                work.people.remove(person.id)
        if not taken:
            raise AskError(f"None of the photos was taken, so {person.name} was not enrolled by them.")
        say(progress(known.photos if known else 0))


def _person(seeing: Eyes, wanted: Wanted) -> Person:
    """Whoever is known by this very name, or somebody new."""
    with seeing.storage.begin(WORKSPACE) as work:
        known = work.people.of_name(name_of(wanted.name))
    word = Attestation(name=wanted.name, reference=wanted.consent, given_on=utc_now().date().isoformat())
    return known or seeing.spotter.enrolling.attested(WORKSPACE, OPERATOR, word)


def _take(seeing: Eyes, person: Person, path: str, say: Say) -> bool:
    """Learn one photo; whether it was taken."""
    try:
        photo = seeing.gate.open(_read(path))
        is_new = seeing.people.learning.learn(WORKSPACE, person, candidate(photo), OPERATOR)
    except SpotterError as error:
        say(f"{path}: {error.say}")
        return False
    say(f"{path}: {'taken.' if is_new else KNOWN}")
    return True


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise AskError(f"I can't read this file: {error.strerror}.") from error
