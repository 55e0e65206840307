"""Which regions of AWS offer which of Rekognition's image operations."""

from collections.abc import Iterable
from typing import Final

from bot.errors import SetupError

FACES: Final = frozenset({"detect_faces", "compare_faces"})
"""What works on faces alone and stores nothing."""
EVERYTHING: Final = FACES | {
    "search_users_by_image",
    "detect_custom_labels",
    "detect_labels",
    "detect_text",
    "detect_moderation_labels",
    "detect_protective_equipment",
    "recognize_celebrities",
}
"""Every operation of the service model that looks at one image and changes nothing, by boto3's names."""
LESS: Final = {
    "ca-central-1": FACES,
    "il-central-1": EVERYTHING - {"recognize_celebrities", "detect_protective_equipment", "detect_custom_labels"},
}
"""Regions with fewer operations (AWS General Reference, endpoints and quotas of Rekognition)."""


def offered(region: str, served: Iterable[str]) -> frozenset[str]:
    """Tell which operations a region offers.

    Args:
        region: Such as `eu-west-1`.
        served: The regions that botocore knows to have the service.

    Raises:
        SetupError: There is no Rekognition in that region; boto3 would find out at the first call only.
    """
    known = sorted(served)
    if region not in known:
        raise SetupError(
            f"Amazon Rekognition is not offered in the region {region or '(none set)'}."
            f" Set AWS_DEFAULT_REGION to one of {', '.join(known)}."
        )
    return LESS.get(region, EVERYTHING)
