"""What a call costs, in whole micro-dollars: 1,000,000 are one US dollar.

Prices are those of Amazon's first tier (the first million images of a month, us-east-1, as quoted from
https://aws.amazon.com/rekognition/pricing/ on 2026-10-07), so a large user pays less than is counted here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

DOLLAR: Final = 1_000_000
"""Micro-dollars in a US dollar."""
IMAGE: Final = 1_000
"""One image through an operation of group 1 or 2: $0.0010."""
IMAGE_PROPERTIES: Final = 750
"""Quality and colours of one image, asked of DetectLabels: $0.00075."""

GROUP_1: Final = frozenset(
    {
        "associate_faces",
        "compare_faces",
        "index_faces",
        "search_faces",
        "search_faces_by_image",
        "search_users",
        "search_users_by_image",
    }
)
"""Face comparison and search, in Amazon's words."""
GROUP_2: Final = frozenset(
    {
        "detect_faces",
        "detect_labels",
        "detect_moderation_labels",
        "detect_protective_equipment",
        "detect_text",
        "get_celebrity_info",
        "recognize_celebrities",
    }
)
"""Everything else that looks at one image. GetCelebrityInfo may be free; nobody says so, hence it is counted."""
FREE: Final = frozenset(
    {
        "create_collection",
        "create_user",
        "delete_collection",
        "delete_faces",
        "delete_user",
        "describe_collection",
        "detect_custom_labels",
        "disassociate_faces",
        "list_collections",
        "list_faces",
        "list_users",
    }
)
"""Keeping house, and what is not billed by the call.

Stored faces cost $0.00001 each a month. A model of Custom Labels costs $4 for each hour that it runs, asked or not
(rekognition/pricing): whoever starts it in AWS sees that on the bill, and Spotter never starts one.
"""


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays: a workspace, out of the share of one of its channels where one is named."""

    workspace: str
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A paid call, as it is counted.

    Attributes:
        day: In UTC: `2026-11-20`.
        operation: By boto3's name.
        price: In micro-dollars.
        channel: The channel that asked; empty for none.
    """

    day: str
    operation: str
    price: int
    channel: str = ""

    @property
    def month(self) -> str:
        """The calendar month: `2026-11`."""
        return self.day[:7]


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be spent in a month, in a day, and in a month for one channel, in micro-dollars."""

    month: int
    day: int
    channel: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What a workspace may spend.

    Attributes:
        cap: In a calendar month, in micro-dollars.
        daily_share: How much of that in one day for channels, in percent: a flood leaves something for other days.
    """

    cap: int
    daily_share: int = 100

    def limits(self, channel_share: float | None = None) -> Limits:
        """The limits of a call for a channel that may have so many percent of the cap.

        What no channel asks for, such as a scan at the terminal, has the month's cap alone: somebody agreed to its
        price, and no flood of photos can bring it about.
        """
        if channel_share is None:
            return Limits(self.cap, self.cap, self.cap)
        return Limits(self.cap, self.day, int(self.cap * channel_share / 100))

    @property
    def day(self) -> int:
        """What may be spent in one day, in micro-dollars."""
        return self.cap * self.daily_share // 100


def price(operation: str, options: Mapping[str, Any]) -> int:
    """Tell what one call costs, in micro-dollars.

    Args:
        operation: By boto3's name, such as `detect_labels`.
        options: What goes with the call; DetectLabels is billed by its `Features`.

    Raises:
        LookupError: The operation has no price here, so the monthly cap could not be kept.
    """
    if operation in FREE:
        return 0
    if operation not in GROUP_1 | GROUP_2:
        raise LookupError(f"add the price of {operation} to bot/core/money.py")
    features: Sequence[str] = options.get("Features", ["GENERAL_LABELS"])
    return sum(IMAGE_PROPERTIES if feature == "IMAGE_PROPERTIES" else IMAGE for feature in features)


def dollars(micro: int) -> str:
    """Write an amount as people read it: `$0.0060`, and from one dollar up `$1.25`."""
    places = 2 if abs(micro) >= DOLLAR else 4
    return f"${Decimal(micro) / DOLLAR:,.{places}f}"


def micro_dollars(amount: float) -> int:
    """Read an amount that was set in dollars."""
    return int(Decimal(str(amount)) * DOLLAR)


def month(moment: datetime) -> str:
    """Name the calendar month, in UTC, that a call is counted in: `2026-11`.

    Args:
        moment: With its time zone.
    """
    return f"{moment.astimezone(UTC):%Y-%m}"


def day(moment: datetime) -> str:
    """Name the day, in UTC, that a call is counted in: `2026-11-20`; `moment` has its time zone."""
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
