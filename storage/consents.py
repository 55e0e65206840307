"""The ledger of consents, and the invitations to give one."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.consent import Act, Consent, text_hash
from storage.models import ConsentRow, InvitationRow
from storage.once import insert_once


class Consents:
    """The ledger of one workspace; lines are added."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def sign(self, consent: Consent) -> None:
        """Add a line to the ledger."""
        line = {name: getattr(consent, name) for name in Consent.__slots__}
        self._session.add(ConsentRow(workspace=self._workspace, text_hash=text_hash(consent.text), **line))
        self._session.flush()

    def of(self, person: str) -> tuple[Consent, ...]:
        """The lines about somebody, oldest first."""
        rows = select(ConsentRow).filter_by(workspace=self._workspace, person=person).order_by(ConsentRow.id)
        return tuple(map(_consent, self._session.scalars(rows)))

    def take_names_out(self, person: str) -> None:
        """Take out of the ledger what names somebody; that somebody agreed, and to what, stays."""
        lines = update(ConsentRow).filter_by(workspace=self._workspace, person=person)
        self._session.execute(lines.values(signed="", reference=""))

    def remove(self, person: str) -> None:
        """Delete the lines about somebody of whom nothing came to be kept."""
        self._session.execute(delete(ConsentRow).filter_by(workspace=self._workspace, person=person))

    def drop_ended(self, before: datetime) -> None:
        """Delete all lines about those who withdrew before a moment (in UTC, without a zone)."""
        ended = select(ConsentRow.person).filter_by(workspace=self._workspace, act="withdrawn")
        lines = delete(ConsentRow).where(ConsentRow.workspace == self._workspace)
        self._session.execute(
            lines.where(ConsentRow.person.in_(ended.where(ConsentRow.at < before))),
            execution_options={"synchronize_session": False},
        )

    def invite(self, user: str, by: str, until: datetime) -> None:
        """Keep an admin's question to somebody; a newer one takes the place of an older one."""
        insert_once(self._session, InvitationRow, workspace=self._workspace, user=user, by=by, expires_at=until)
        mine = update(InvitationRow).filter_by(workspace=self._workspace, user=user)
        self._session.execute(mine.values(by=by, expires_at=until))

    def invited_by(self, user: str, now: datetime) -> str:
        """Whose invitation is open for somebody; empty where none is."""
        mine = select(InvitationRow.by).filter_by(workspace=self._workspace, user=user)
        return self._session.scalar(mine.where(InvitationRow.expires_at > now)) or ""

    def answered(self, user: str) -> None:
        """Delete the invitation of somebody who answered it."""
        self._session.execute(delete(InvitationRow).filter_by(workspace=self._workspace, user=user))

    def drop_expired(self, now: datetime) -> None:
        """Delete the invitations that nobody answered."""
        old = delete(InvitationRow).where(InvitationRow.workspace == self._workspace)
        self._session.execute(old.where(InvitationRow.expires_at <= now))


def _consent(row: ConsentRow) -> Consent:
    told = {name: getattr(row, name) for name in Consent.__slots__}
    act: Act = told.pop("act")
    return Consent(act=act, **told)
