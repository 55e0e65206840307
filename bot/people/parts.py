"""All that has to do with people who agreed to be known, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from bot.core.job import Submit
from bot.gate import Gate
from bot.looking import Looking
from bot.people.comparing import Comparing
from bot.people.enrolling import Enrolling
from bot.people.face_search import FaceSearch
from bot.people.finding_me import FindingMe
from bot.people.forgetting import Forgetting
from bot.people.learning import Learning
from bot.people.matching import Matching
from bot.people.photo_search import PhotoSearch
from bot.people.recognising import Recognising
from bot.people.traces import Traces
from bot.slack import Slack
from bot.vision.faces import Faces
from storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleParts:
    """What can be done with people.

    Attributes:
        enrolling: Takes their consent.
        forgetting: Makes them nobody.
        matching: Turns face matching on and off.
        recognising: Tells who is in photos.
        finding_me: Finds somebody's own photos.
        comparing: Compares two photos.
        search: Fetches a photo and searches it.
        learning: Learns faces.
        traces: Takes faces out of the engine.
    """

    enrolling: Enrolling
    forgetting: Forgetting
    matching: Matching
    recognising: Recognising
    finding_me: FindingMe
    comparing: Comparing
    search: PhotoSearch
    learning: Learning
    traces: Traces

    @classmethod
    def of(
        cls,
        *,
        storage: Storage,
        gate: Gate,
        looking: Looking,
        faces: Faces,
        slack_of: Callable[[str], Slack],
        submit: Submit,
    ) -> Self:
        """Put them together."""
        paid = looking.vision.paid
        search = PhotoSearch(
            storage=storage,
            gate=gate,
            looking=looking,
            face_search=FaceSearch(looking.asking, storage, paid=paid),
            slack_of=slack_of,
        )
        traces = Traces(faces, looking.asking)
        forgetting = Forgetting(storage=storage, slack_of=slack_of, submit=submit, delete_collection=traces.delete_all)
        enrolling = Enrolling(
            storage=storage, vision=looking.vision, slack_of=slack_of, submit=submit, forgetting=forgetting
        )
        recognising = Recognising(storage, slack_of, submit, enrolling.add_face)
        return cls(
            enrolling=enrolling,
            forgetting=forgetting,
            matching=Matching(storage, slack_of, submit),
            recognising=recognising,
            learning=Learning(storage, faces, looking.asking, traces),
            traces=traces,
            finding_me=FindingMe(storage=storage, search=search, slack_of=slack_of, submit=submit, paid=paid),
            comparing=Comparing(
                storage=storage,
                search=search,
                asking=looking.asking,
                faces=faces,
                slack_of=slack_of,
                submit=submit,
                check=recognising.check,
            ),
            search=search,
        )
