"""How often an account may ask, by operation and region."""

import pytest

from bot.core.channel import USUAL_DETECTORS
from bot.core.quotas import calls_per_second, read_quotas
from bot.detectors import every_detector
from bot.errors import SetupError


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


def test_every_default_detector_has_a_quota_that_is_smaller_in_a_small_region() -> None:
    for name in USUAL_DETECTORS:
        asked = every_detector()[name].operation
        assert 0 < calls_per_second(asked, "eu-north-1") < calls_per_second(asked, "us-east-1")


def test_quotas_that_aws_raised_are_read() -> None:
    raised = read_quotas(("detect_text=100", "detect_faces=2.5"))

    assert calls_per_second("detect_text", "eu-central-1", raised) == 100.0
    assert calls_per_second("detect_labels", "eu-central-1", raised) == 5.0


@pytest.mark.parametrize("told", ["detect_text", "detect_text=", "detect_text=0", "=5", "detect_text=nan", "a=1e9"])
def test_a_quota_that_is_none_is_refused_by_name(told: str) -> None:
    with pytest.raises(SetupError, match="SPOTTER_QUOTAS"):
        read_quotas((told,))
