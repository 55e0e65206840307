"""Answers that were given, and perhaps paid, before."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from storage.models import AnswerRow
from storage.once import insert_once


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer belongs to: pixels, operation, options and the model that answered.

    Attributes:
        digest: The photo's.
        operation: By boto3's name.
        options: The options as a hash, or in any other short form that tells them apart.
        model: `Vision.model`.
    """

    digest: str
    operation: str
    options: str
    model: str


class Answers:
    """The answers of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def to(self, question: Question) -> dict[str, Any] | None:
        """The answer, where the question was asked before."""
        row = self._session.get(AnswerRow, self._key(question))
        return row.answer if row else None

    def keep(self, question: Question, answer: dict[str, Any]) -> None:
        """Keep an answer; the newer one stays."""
        key = {"workspace": self._workspace, **asdict(question)}
        if not insert_once(self._session, AnswerRow, **key, answer=answer):
            self._session.execute(update(AnswerRow).filter_by(**key).values(answer=answer))

    def _key(self, question: Question) -> tuple[str, str, str, str, str]:
        return self._workspace, question.digest, question.operation, question.options, question.model
