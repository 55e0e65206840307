"""F22: whatever happens in whatever order, faces are kept of those alone who agreed, and of whoever left nothing stays.

Hypothesis plays two people who agree, give photos, change their minds and leave, while jobs run late, in another order,
and die, against the real memory, gate and engine.
"""

from contextlib import suppress

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core.people import Person
from bot.demo.server import LocalSlack
from bot.errors import AskError, VisionMissing
from bot.eyes import Eyes
from tests.machines import play
from tests.people.office import Killed, Office
from tests.people.test_forgetting import named_in
from tests.vision.people import CLARA, TOMAS, portrait

PHOTOS = {
    "Clara Wennick": [portrait(*one) for one in CLARA],
    "Tomas Elbrecht": [portrait(*one) for one in TOMAS],
}
PEOPLE = st.sampled_from(sorted(PHOTOS))


class Consenting(RuleBasedStateMachine):
    """Two people in a workspace of their own."""

    slack: LocalSlack
    eyes: Eyes

    def __init__(self) -> None:
        super().__init__()
        self.office = Office(self.slack, self.eyes)
        self.users = {name: self.office.member() for name in PHOTOS}
        self.agreed: dict[str, str] = {}
        self.left: set[str] = set()
        self.given: list[str] = []
        self.deleted: list[str] = []

    def _person(self, name: str) -> Person:
        person = self.office.person(self.users[name])
        assert person
        return person

    def _owners(self) -> list[str]:
        """Whose each face is that the engine keeps; it keeps none before the first one is given."""
        with suppress(VisionMissing):
            return [face.partition(".")[0] for face in self.office.faces()]
        return []

    def _file(self, name: str, which: int) -> str:
        self.given.append(self.office.file(self.users[name], PHOTOS[name][which % len(PHOTOS[name])]))
        return self.given[-1]

    def _run(self) -> None:
        """Do what is promised; whoever has no photo any more after one was deleted has left by that."""
        try:
            self.office.run()
        finally:
            gone = [name for name in self.agreed if self.office.person(self.users[name]) is None]
            self.left |= {self.agreed.pop(name) for name in gone}

    @initialize(known=st.booleans())
    def begins(self, *, known: bool) -> None:
        """Nobody is known, or each by two photos."""
        for name in PHOTOS if known else ():
            self.agrees(name, 0)
            self.gives_a_photo(name, 1)
        self._run()

    @rule(name=PEOPLE, which=st.integers(0, 2))
    def agrees(self, name: str, which: int) -> None:
        """Somebody signs, and gives a photo."""
        agree, user, files = self.office.people.enrolling.agree, self.users[name], [self._file(name, which)]
        if name in self.agreed:
            with pytest.raises(AskError):
                agree(self.office.workspace, user, find_me=True, show_name=True, signed=name, files=files)
            return
        agree(self.office.workspace, user, find_me=True, show_name=True, signed=name, files=files)
        self.agreed[name] = self._person(name).id

    @rule(name=PEOPLE, which=st.integers(0, 2))
    def gives_a_photo(self, name: str, which: int) -> None:
        """Whoever agreed gives one more; it may be one that is known."""
        if name in self.agreed:
            files = [self._file(name, which)]
            self.office.people.enrolling.add_photos(self.office.workspace, self.users[name], self.agreed[name], files)

    @rule(name=PEOPLE, find_me=st.booleans(), show_name=st.booleans())
    def changes_their_mind(self, name: str, *, find_me: bool, show_name: bool) -> None:
        """Both boxes; without the first one they leave."""
        if name not in self.agreed:
            return
        self.office.people.enrolling.set_switches(
            self.office.workspace, self.users[name], find_me=find_me, show_name=show_name
        )
        if not find_me:
            self.left.add(self.agreed.pop(name))

    @rule(name=PEOPLE)
    def leaves(self, name: str) -> None:
        """Somebody wants to be forgotten."""
        if name in self.agreed:
            self.office.people.forgetting.forget_me(self.office.workspace, self.users[name])
            self.left.add(self.agreed.pop(name))

    @rule(newest_first=st.booleans())
    def jobs_run(self, *, newest_first: bool) -> None:
        """What was promised is done."""
        waiting = self.office.jobs.waiting
        for name in sorted(waiting, reverse=newest_first):
            waiting[name] = waiting.pop(name)
        self._run()

    @rule(name=PEOPLE, moment=st.sampled_from(["index", "associate", "search"]))
    def somebody_leaves_amid_the_jobs(self, name: str, moment: str) -> None:
        """Just before a call of the engine, while another worker erases at once."""

        def leave() -> None:
            self.leaves(name)
            for payload in self.office.jobs.promised("erase"):
                self.office.jobs.do("erase", payload)

        self.office.meanwhile(moment, leave)
        self._run()
        self.office.people = self.office.parts(self.eyes.faces, self.office.jobs.submit)

    @rule(which=st.integers(0, 3))
    def a_photo_is_deleted(self, which: int) -> None:
        """In Slack, one that was given."""
        if which < len(self.given):
            self.deleted.append(self.given.pop(which))
            self.slack.delete_file(self.slack.member.id, self.deleted[-1])
            self.office.people.forgetting.file_deleted(self.office.workspace, self.deleted[-1])

    @rule(at=st.integers(1, 16))
    def the_process_dies(self, at: int) -> None:
        """Amid what was promised; nobody begins anew at once."""
        self.office.dies(at / 2)
        with suppress(Killed):
            self._run()
        self.office.people = self.office.parts(self.eyes.faces, self.office.jobs.submit)

    @invariant()
    def only_those_who_agreed_are_known(self) -> None:
        """From the moment in which they leave."""
        with self.eyes.storage.begin(self.office.workspace) as work:
            assert {person.id for person in work.people.everybody()} == set(self.agreed.values())
            assert all(work.people.of_id(person) is None for person in self.left)

    @invariant()
    def the_ledger_says_so(self) -> None:
        """Whoever is known has signed, and whoever left has taken it back."""
        with self.eyes.storage.begin(self.office.workspace) as work:
            acts = {
                person: [line.act for line in work.consents.of(person)]
                for person in (*self.agreed.values(), *self.left)
            }
        assert all(told[0] == "given" for told in acts.values())
        assert all((told[-1] == "withdrawn") == (person in self.left) for person, told in acts.items())

    @invariant()
    def nobody_else_has_faces(self) -> None:
        """What the engine keeps is of somebody who agreed once."""
        assert set(self._owners()) <= {*self.agreed.values(), *self.left}

    def teardown(self) -> None:
        """In the end all is done: no trace of whoever left, and of the others what they gave."""
        self.office.start_again()
        self.office.expire()
        self._run()

        assert sorted(self.office.rows()) == sorted(self.agreed.values())
        assert set(self._owners()) <= set(self.agreed.values())
        with self.eyes.storage.begin(self.office.workspace) as work:
            assert not any(work.templates.of_file(file) for file in self.deleted)
        for name in PHOTOS:
            if name in self.agreed:
                person = self._person(name)
                assert self._owners().count(person.id) == person.photos
                assert not person.photos or set(self.office.found(PHOTOS[name][0])) <= {person.id}
            else:
                assert named_in(self.office, name) == []


@pytest.mark.parametrize(
    ("examples", "steps"), [(6, 12), pytest.param(60, 40, marks=pytest.mark.soak)], ids=["short", "long"]
)
def test_faces_are_kept_of_those_alone_who_agreed(
    local_slack: LocalSlack, seeing: Eyes, examples: int, steps: int
) -> None:
    play(type("Here", (Consenting,), {"slack": local_slack, "eyes": seeing}), examples, steps)
