"""What photos cost at Amazon, and how many a second it looks at; from the tables that the budget is kept by."""

from collections.abc import Iterator

from bot.core.channel import ChannelSettings
from bot.core.iam import action
from bot.core.money import GROUP_1, GROUP_2, dollars, price
from bot.core.operations import WORDS
from bot.core.presets import PRESETS, with_preset
from bot.core.quotas import calls_per_second
from bot.detectors import every_detector, every_name
from bot.looking import MOST_EXTRA_LOOKS
from scripts.pages.markdown import table

_THOUSAND = 1_000
_BIG, _OTHER = "eu-west-1", "eu-central-1"


def presets() -> str:
    """What a photo costs by what a channel is for."""
    new = [("a new channel", ChannelSettings())]
    settled = [*new, *((f"preset `{name}`", with_preset(ChannelSettings(), name, every_name())) for name in PRESETS)]
    rows = [(name, *_costs(_photo(settings)), _extra(settings)) for name, settings in settled]
    return table(("", "a photo, at most", "1,000 photos, at most", "with further looks, at most"), rows)


def _photo(settings: ChannelSettings) -> int:
    asked = [every_detector()[name] for name in settings.detectors]
    return sum(price(one.operation, one.options(settings)) for one in asked)


def _costs(micro: int) -> tuple[str, str]:
    return dollars(micro), dollars(micro * _THOUSAND)


def _extra(settings: ChannelSettings) -> str:
    if not settings.extra_looks:
        return ""
    return dollars(_photo(settings) + MOST_EXTRA_LOOKS * price("detect_text", {}))


def calls() -> str:
    """What each call costs."""
    rows = [
        (f"`{action(one)}`", WORDS[one], *_costs(price(one, {}))) for one in sorted(WORDS) if one in GROUP_1 | GROUP_2
    ]
    properties = {"Features": ["IMAGE_PROPERTIES"]}
    more = (
        "`DetectLabels` with `IMAGE_PROPERTIES`",
        "Quality and colours",
        *_costs(price("detect_labels", properties)),
    )
    return table(("call", "for what", "once", "1,000 times"), [*rows, more])


def quotas() -> str:
    """How many calls a second an account may make, where AWS raised nothing."""
    return table(("call", "us-east-1, us-west-2, eu-west-1", "other regions"), _quotas())


def _quotas() -> Iterator[tuple[str, ...]]:
    asked = {every_detector()[name].operation for name in every_name()}
    for one in sorted(asked | {"search_users_by_image", "index_faces"}):
        yield f"`{action(one)}`", *(f"{calls_per_second(one, region):g}" for region in (_BIG, _OTHER))
