"""Answers that were given, and perhaps paid, before."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.models import AnswerRow
from storage.once import insert_once
from storage.prepared import run, table


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


_ANSWER: Final = table(AnswerRow)
_TO_QUESTION: Final = select(_ANSWER.c.answer).where(
    *(column == bindparam(column.name) for column in _ANSWER.primary_key)
)


class Answers:
    """The answers of one workspace."""

    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def to(self, question: Question) -> dict[str, Any] | None:
        """The answer, where the question was asked before."""
        asked = run(self._session, _TO_QUESTION, workspace=self._workspace, **asdict(question))
        answer: dict[str, Any] | None = asked.scalar()
        return answer

    def keep(self, question: Question, answer: dict[str, Any]) -> None:
        """Keep an answer; the newer one stays."""
        key = {"workspace": self._workspace, **asdict(question)}
        if not insert_once(self._session, AnswerRow, **key, answer=answer):
            self._session.execute(update(AnswerRow).filter_by(**key).values(answer=answer))
