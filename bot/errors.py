"""Every error that Spotter raises on purpose.

* SpotterError              said to the person who asked; its cause goes to the log
  + AskError                what was typed or pressed cannot be done as it stands
    - NotAllowed            this person may not do that
    - Misread               what was typed cannot be understood from some place on
    - WrongField            a field of a form cannot be as it was filled in
  + PhotoError              the file cannot be looked at; it costs no call
    - NotAPhoto             its bytes are none of the eight formats
    - DamagedPhoto          it claims to be a photo and cannot be decoded
    - TooLarge              over 25 MB, 64 megapixels or 20:1
    - TooSmall              under 40 pixels on a side
    - PhotoGone             deleted, unshared, or never ours to see
    - LoginPage             Slack sent its login page: a missing scope, told to an admin
  + VisionError             the engine refused or failed
    - VisionBusy            over its rate, or down for a moment; looked at again later
      . VisionDown          it failed time after time, so nobody asks it for a while
    - VisionCannot          this engine or region has no such operation
    - VisionDenied          credentials or a permission are missing; an admin can mend it
    - VisionMissing         the collection, user or face that was asked for is not there
    - NotStored             S3 did not take a large photo; nothing was asked
    - VisionPartly          some of the faces were not changed as asked
  + BudgetSpent             the workspace's monthly cap, or a share of it, is reached
  + TooMany                 more photos in an hour than one person or one channel may have; looked at later
  + Overtaken               another job changed the same thing meanwhile; done again with what is true now
  + NotInstalled            Spotter is not in that workspace, or not any more
  + SlackError              Slack refused a call
    - SlackBusy             429, 5xx, or no answer; asked again later
    - Unknowable            whether the message was posted cannot be known yet
  + SetupError              the operator must mend something before Spotter can run
  + AuditBroken             a row of the audit log was changed or taken out

`retry` tells whether the same thing may work later. Anything else that is raised is a bug: it is logged
with its traceback, and the person reads an apology with the log's id.
"""

import re
from collections.abc import Mapping
from typing import Final

_PROMISE: Final = re.compile(r"; I will .*\.$")


class SpotterError(Exception):
    """An error with a sentence for the person who asked.

    Attributes:
        say: The sentence: what happened and who can mend it. Plain text, escaped only where it is shown.
        retry: Whether the same thing may work later.
        after: Seconds to wait before trying again, where the other side told them.
    """

    retry = False

    def __init__(self, say: str, *, after: float = 0.0) -> None:
        super().__init__(say)
        self.say = say
        self.after = after

    @property
    def last_word(self) -> str:
        """The sentence once nobody tries any more."""
        return _PROMISE.sub("; I tried for a while and gave up.", self.say)


class AskError(SpotterError):
    """What was typed or pressed cannot be done as it stands."""


class NotAllowed(AskError):
    """This person may not do that."""


class Misread(AskError):
    """What was typed cannot be understood.

    Attributes:
        typed: What was typed, with single spaces.
        at: The place in it, counted in characters from 0, that cannot be understood.
    """

    def __init__(self, say: str, typed: str, at: int) -> None:
        super().__init__(say)
        self.typed = typed
        self.at = at


class WrongField(AskError):
    """A field of a form cannot be as it was filled in.

    Attributes:
        field: Its name.
    """

    def __init__(self, field: str, say: str) -> None:
        super().__init__(say)
        self.field = field

    @property
    def below(self) -> str:
        """The sentence as it stands below the field, where everybody sees which one is meant."""
        return self.say.replace(f"{self.field} is ", "This is ", 1)


class PhotoError(SpotterError):
    """The file cannot be looked at; it costs no call."""


class NotAPhoto(PhotoError):
    """The bytes are none of the formats that Spotter reads.

    Args:
        looks_like: What they look like instead, such as `a PDF`; empty where nobody knows.
    """

    def __init__(self, looks_like: str = "") -> None:
        hint = f" This looks like {looks_like}." if looks_like else " This file is none of them."
        super().__init__("I can read JPEG, PNG, HEIC, WebP, GIF, AVIF, BMP and TIFF." + hint)


class DamagedPhoto(PhotoError):
    """It starts like a photo and cannot be decoded."""

    def __init__(self) -> None:
        super().__init__("This file is empty or damaged, so I skipped it. Please upload it again.")


class TooLarge(PhotoError):
    """Over one of the limits; the sentence names it."""


class TooSmall(PhotoError):
    """Too few pixels to read anything."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"This picture is too small to read ({width}×{height} pixels).")


class PhotoGone(PhotoError):
    """The file was deleted or unshared, or was never ours to see."""

    def __init__(self) -> None:
        super().__init__(
            "I can't see this photo. It may have been deleted, or I am not in its channel:"
            " invite me there and share it again."
        )


class LoginPage(PhotoError):
    """Slack sent its login page, with status 200, in place of the file."""

    def __init__(self) -> None:
        super().__init__(
            "I'm not allowed to read this file. An admin must reinstall me with the files:read permission."
        )


class VisionError(SpotterError):
    """The engine refused or failed."""


class VisionBusy(VisionError):
    """The engine is over its rate, or down for a moment.

    Attributes:
        unanswered: Whether the call may have been counted and billed: it was sent, and no answer came.
        failed: Whether the service itself failed, rather than asked for fewer calls.
    """

    retry = True

    def __init__(
        self,
        say: str = "The photo service is busy; I will try again.",
        *,
        after: float = 0.0,
        unanswered: bool = False,
        failed: bool = False,
    ) -> None:
        super().__init__(say, after=after)
        self.unanswered = unanswered
        self.failed = failed


class VisionDown(VisionBusy):
    """The engine failed time after time; it was not asked."""

    def __init__(self, *, after: float) -> None:
        super().__init__("The photo service is down; I will answer when it is back.", after=after)


class VisionCannot(VisionError):
    """This engine or this region has no such operation."""


class VisionDenied(VisionError):
    """Credentials or a permission are missing."""


class VisionMissing(VisionError):
    """The collection, user or face that was asked for is not there, or not any more."""


class VisionPartly(VisionError):
    """Some of the faces were not changed as asked; the others were.

    Attributes:
        left: Why, in Rekognition's words such as `LOW_MATCH_CONFIDENCE`, by the face's id.
    """

    def __init__(self, say: str, left: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(say)
        self.left = left


class NotStored(VisionError):
    """S3 did not take a large photo; nothing was asked."""

    def __init__(self, bucket: str) -> None:
        super().__init__(f"I can't put large photos into the S3 bucket {bucket}; an admin must check it.")


class BudgetSpent(SpotterError):
    """The workspace's cap for this month, or a share of it, would be passed."""

    def __init__(self, say: str = "The monthly photo budget is used up; whoever runs Spotter can raise it.") -> None:
        super().__init__(say)


class TooMany(SpotterError):
    """More photos came in an hour than one person or one channel may have; it is this one's turn later."""

    retry = True


class NotInstalled(SpotterError):
    """We are not installed in that workspace, or not any more."""

    def __init__(self) -> None:
        super().__init__("I am not installed in this workspace. An admin can install me.")


class SlackError(SpotterError):
    """Slack refused a call.

    Attributes:
        code: Slack's own word, such as `not_in_channel`.
    """

    def __init__(self, say: str, *, code: str = "", after: float = 0.0) -> None:
        super().__init__(say, after=after)
        self.code = code


class SlackBusy(SlackError):
    """Slack answered 429 or 5xx, or did not answer."""

    retry = True


class Unknowable(SlackError):
    """A message may or may not have been posted."""

    retry = True


class Overtaken(SpotterError):
    """Another job changed the same thing meanwhile."""

    retry = True


class SetupError(SpotterError):
    """The operator must mend something before Spotter can run."""


class AuditBroken(SpotterError):
    """A row of the audit log was changed or taken out."""
