"""Rekognition's default quotas: calls a second per operation, account and region (AWS General Reference)."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.errors import SetupError

_BIG_REGIONS: Final = frozenset({"us-east-1", "us-west-2", "eu-west-1"})
_DEFAULT: Final = (50.0, 5.0)
"""In the three big regions, and in all others."""
_MOST: Final = 10_000.0
_OTHERS: Final = {
    "detect_faces": (100.0, 25.0),
    "compare_faces": (100.0, 25.0),
    "detect_custom_labels": (50.0, 50.0),
    "detect_protective_equipment": (5.0, 5.0),
    "associate_faces": (5.0, 5.0),
    "disassociate_faces": (5.0, 5.0),
    "create_collection": (5.0, 5.0),
    "delete_collection": (5.0, 5.0),
    "describe_collection": (5.0, 5.0),
    "list_collections": (5.0, 5.0),
    "delete_faces": (5.0, 5.0),
    "create_user": (5.0, 5.0),
    "delete_user": (5.0, 5.0),
    "list_users": (5.0, 5.0),
}


def read_quotas(told: Sequence[str]) -> Mapping[str, float]:
    """Read what an account may ask for where somebody raised its quota: `detect_text=50`, calls a second.

    Raises:
        SetupError: One is no name with a positive number.
    """
    return dict(map(_read, told))


def _read(told: str) -> tuple[str, float]:
    operation, _, number = told.partition("=")
    try:
        per_second = float(number)
    except ValueError:
        per_second = 0.0
    if not operation or not 0 < per_second <= _MOST:
        raise SetupError(f"SPOTTER_QUOTAS: I can't read “{told}”. Write detect_text=50, with commas between.")
    return operation, per_second


def calls_per_second(operation: str, region: str, raised: Mapping[str, float] | None = None) -> float:
    """What an account may ask for; by `raised` where it names the operation, else what everybody may."""
    if raised and operation in raised:
        return raised[operation]
    big, other = _OTHERS.get(operation, _DEFAULT)
    return big if region in _BIG_REGIONS else other
