"""What is asked of an answer by its menu, and the pictures that come of it."""

from bot.demo.records import File, Message
from tests.trip.conftest import Trip


def choose(trip: Trip, answer: Message, value: str, *, user: str = "") -> None:
    """Choose an entry of an answer's menu."""
    trip.slack.press(user or trip.slack.member.id, answer, "photo_reply", value)


def ours(trip: Trip, message: Message) -> list[File]:
    """The files of ours in a message's thread that are still there."""
    files = trip.slack.workspace.files
    found = [files[file] for reply in trip.slack.replies(message) for file in reply.files]
    return [file for file in found if not file.is_deleted]


def boxes_of(trip: Trip, message: Message) -> Message:
    """Ask for the picture with boxes, and wait for it: the answer to the photo."""
    answer = trip.answer(message)
    trip.whisper(trip.slack.member.id, lambda: choose(trip, answer, "boxes"))
    trip.settle()
    return answer
