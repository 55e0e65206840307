"""Rekognition's default quotas: calls a second per operation, account and region (AWS General Reference)."""

from typing import Final

_BIG_REGIONS: Final = frozenset({"us-east-1", "us-west-2", "eu-west-1"})
_DEFAULT: Final = (50.0, 5.0)
"""In the three big regions, and in all others."""
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


def calls_per_second(operation: str, region: str) -> float:
    """What an account may ask for where nobody raised its quota."""
    big, other = _OTHERS.get(operation, _DEFAULT)
    return big if region in _BIG_REGIONS else other
