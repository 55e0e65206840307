"""What people agree to before anything of their face is kept, and what may change later."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.core import consent
from bot.core.consent import Act, Attestation, Consent, ConsentForm, utc_now
from bot.core.job import Submit
from bot.core.people import Person
from bot.errors import AskError
from bot.people.forgetting import Forgetting
from bot.people.giving_photos import GivingPhotos, known
from bot.slack import Slack
from bot.vision import Vision
from storage import Storage, Work


class Enrolling(GivingPhotos):
    """Takes people's consent; their photos are looked at by jobs.

    Args:
        storage: The memory.
        vision: Who looks: people are told where their faces are kept.
        slack_of: A workspace's Slack.
        submit: Stores a job.
        forgetting: Forgets whoever takes their consent back.
        now: The moment, in UTC, without a zone.
    """

    def __init__(
        self,
        *,
        storage: Storage,
        vision: Vision,
        slack_of: Callable[[str], Slack],
        submit: Submit,
        forgetting: Forgetting,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__(storage, slack_of, submit)
        self._kept = consent.where_kept(paid=vision.paid, region=vision.region)
        self._forgetting = forgetting
        self._now = now

    def invite(self, workspace: str, admin: str, user: str, channel: str) -> None:
        """Note that an admin asks somebody whether they want to be known; they have seven days to answer.

        Raises:
            NotAllowed: No admin asks, or this person may not be enrolled.
            AskError: They are enrolled already.
        """
        self._check_admin(workspace, admin)
        self.may_enrol(workspace, user)
        with self._storage.begin(workspace) as work:
            if work.people.of_user(user):
                raise AskError("This person is enrolled already.")
            work.consents.invite(user, admin, self._now() + timedelta(days=consent.INVITATION_DAYS))
            work.audit.note(admin, "invite", user, {"channel": channel})

    def check_invited(self, workspace: str, user: str) -> None:
        """Make sure that somebody's invitation is still open.

        Raises:
            AskError: It has expired, or was answered.
        """
        with self._storage.begin(workspace) as work:
            if not work.consents.invited_by(user, self._now()):
                raise AskError(
                    "This invitation is not open any more: it holds for seven days. If you want to be found in photos,"
                    " type /faces me."
                )

    def refuse(self, workspace: str, user: str) -> None:
        """Take somebody's no to an invitation; nothing is kept of it."""
        with self._storage.begin(workspace) as work:
            work.consents.answered(user)

    def consent_form(self, workspace: str, user: str) -> ConsentForm:
        """What somebody reads before they agree."""
        with self._storage.begin(workspace) as work:
            return consent.consent_form(self._kept, work.consents.invited_by(user, self._now()))

    def agree(
        self,
        workspace: str,
        user: str,
        *,
        find_me: bool,
        show_name: bool,
        signed: str,
        files: Sequence[str],
        version: str = consent.VERSION,
    ) -> None:
        """Take somebody's own consent, and promise to look at their photos.

        Args:
            workspace: Its id.
            user: Who agrees.
            find_me: The first box; without it nobody is enrolled.
            show_name: The second box.
            signed: The name that they typed.
            files: Slack's ids of photos of them.
            version: Of the text that they read.

        Raises:
            NotAllowed: They may not be enrolled.
            AskError: Something is missing, or they are enrolled already.
        """
        self.may_enrol(workspace, user)
        if not find_me:
            raise AskError("Without the first box I can't look for you, so I keep nothing.")
        if version != consent.VERSION:
            raise AskError("The text has changed since you opened it. Please open it again and read it.")
        person = self._new(consent.name_of(signed), user, show_name=show_name)
        with self._storage.begin(workspace) as work:
            if not work.people.add(person, user):
                raise AskError("I know you already. /faces me shows what I keep; there you can add photos, too.")
            self._sign(work, person, "given", user, signed=person.name)
            work.consents.answered(user)
            work.audit.note(user, "consent", person.id)
        self._look(workspace, user, person.id, files)

    def attest(
        self,
        workspace: str,
        admin: str,
        *,
        name: str,
        reference: str,
        given_on: str,
        find_me: bool,
        show_name: bool,
        files: Sequence[str],
    ) -> None:
        """Take an admin's word that somebody from outside has agreed in writing, and promise to look at their photos.

        Raises:
            NotAllowed: No admin says so.
            AskError: Something is missing, or somebody of this name is enrolled already.
        """
        self._check_admin(workspace, admin)
        word = Attestation(name=name, reference=reference, given_on=given_on, find_me=find_me, show_name=show_name)
        self._look(workspace, admin, self.attested(workspace, admin, word).id, files)

    def attested(self, workspace: str, by: str, word: Attestation) -> Person:
        """Take the word of somebody who may give it.

        Raises:
            AskError: Something is missing, or somebody of this name is enrolled already.
        """
        reference, day = " ".join(word.reference.split()), consent.day_of(word.given_on, self._now().date())
        if not word.find_me:
            raise AskError("Without the first box I can't look for them, so I keep nothing.")
        if not reference:
            raise AskError("Please say where the written consent is kept: a number or a folder will do.")
        person = self._new(consent.name_of(word.name), "", show_name=word.show_name)
        with self._storage.begin(workspace) as work:
            if work.people.of_name(person.name):
                raise AskError("Somebody of this name is enrolled already. Add a second name to tell them apart.")
            work.people.add(person, by)
            self._sign(work, person, "attested", by, reference=reference, given_on=day)
            work.audit.note(by, "attest", person.id)
        return person

    def set_switches(self, workspace: str, user: str, *, find_me: bool, show_name: bool) -> None:
        """Change what somebody allows, in what was told already, too; whoever may not be looked for is forgotten.

        Raises:
            AskError: They did not agree to be known.
        """
        if not find_me:
            self._forgetting.forget_me(workspace, user)
            return
        with self._storage.begin(workspace) as work:
            person = replace(known(work.people.of_user(user)), show_name=show_name)
            work.people.settle(person.id, show_name=show_name)
            self._sign(work, person, "changed", user)
            work.audit.note(user, "consent", person.id)
            told = work.matches.shares_of(person.id)
        for share in told:
            self._submit("retell", f"{workspace}-{uuid4().hex}", {"workspace": workspace, "share": share.address()})

    def renew(self, workspace: str, user: str) -> None:
        """Let somebody's consent hold for another year from now.

        Raises:
            AskError: They did not agree to be known, or it has ended.
        """
        with self._storage.begin(workspace) as work:
            person = known(work.people.of_user(user))
            work.people.prolong(person.id, self._ends())
            self._sign(work, person, "renewed", user)
            work.audit.note(user, "consent", person.id)

    def people(self, workspace: str, admin: str) -> tuple[Person, ...]:
        """Everybody who is known, by name.

        Raises:
            NotAllowed: No admin asks.
        """
        self._check_admin(workspace, admin)
        with self._storage.begin(workspace) as work:
            return work.people.everybody()

    def _new(self, name: str, user: str, *, show_name: bool) -> Person:
        return Person(
            id=f"p-{uuid4().hex}",
            user=user,
            name=name,
            state="consented",
            find_me=True,
            show_name=show_name,
            photos=0,
            expires_at=self._ends(),
        )

    def _ends(self) -> datetime:
        return consent.months_later(self._now(), consent.MONTHS)

    def _sign(self, work: Work, person: Person, act: Act, by: str, **more: str) -> None:
        form = consent.consent_form(self._kept)
        work.consents.sign(
            Consent(
                person=person.id,
                act=act,
                find_me=person.find_me,
                show_name=person.show_name,
                by=by,
                text=form.text,
                at=self._now(),
                **more,
            )
        )
