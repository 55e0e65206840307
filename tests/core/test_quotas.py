"""How often an account may ask, by operation and region."""

import pytest

from bot.core.quotas import calls_per_second
from bot.detectors import every_detector


@pytest.mark.parametrize(
    ("operation", "region", "quota"),
    [
        ("detect_labels", "us-east-1", 50.0),
        ("detect_labels", "eu-central-1", 5.0),
        ("detect_faces", "eu-west-1", 100.0),
        ("detect_faces", "eu-central-1", 25.0),
        ("detect_protective_equipment", "us-east-1", 5.0),
        ("create_user", "us-west-2", 5.0),
    ],
)
def test_the_three_big_regions_allow_more(operation: str, region: str, quota: float) -> None:
    assert calls_per_second(operation, region) == quota


def test_every_detector_has_a_quota_that_is_smaller_in_a_small_region() -> None:
    for detector in every_detector().values():
        assert (
            0 < calls_per_second(detector.operation, "eu-north-1") < calls_per_second(detector.operation, "us-east-1")
        )
