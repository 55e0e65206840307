"""What the doctor looks at in AWS: who we are, what we may, how much, where, and what Amazon may keep."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.core import iam
from bot.core.operations import WORDS
from bot.core.quotas import calls_per_second, read_quotas
from bot.detectors import chosen_ones, every_name, operations_of
from bot.doctor.finding import Finding, tried
from bot.errors import VisionError
from bot.settings import Settings
from bot.vision.account import Account

_OPT_OUT: Final = (
    "An AI services opt-out policy of your AWS organization forbids it:"
    ' {"services": {"rekognition": {"opt_out_policy": {"@@assign": "optOut"}}}}'
)
_READ_QUOTAS: Final = (
    "Compare Service Quotas in AWS's console with SPOTTER_QUOTAS, or allow servicequotas:ListServiceQuotas."
)


def examine(settings: Settings, account: Account, offered: frozenset[str], region: str) -> Iterator[Finding]:
    """Look at an account.

    Args:
        settings: The operator's.
        account: The account.
        offered: The operations of the region, by boto3's names.
        region: Where photos are looked at.
    """
    try:
        number, arn = account.identity()
    except VisionError as error:
        yield Finding("bad", "AWS", error.say, "Check AWS_ACCESS_KEY_ID and the like, or the role of this machine.")
        return
    yield Finding("ok", "AWS", f"I am {arn}.")
    yield _region(offered, region)
    yield from tried("AWS permissions", lambda: permissions(account, offered, number))
    yield from tried("AWS quotas", lambda: quotas(account, settings.quotas, region), state="look", mend=_READ_QUOTAS)
    yield from tried("AWS opt-out", lambda: _opt_out(account), state="look", mend=_OPT_OUT)
    if settings.s3_bucket:
        yield from tried("S3", lambda: _bucket(account, settings.s3_bucket, region))


def permissions(account: Account, offered: frozenset[str], number: str) -> Iterator[Finding]:
    """Look at each permission that Spotter may need, one by one: looking, then people."""
    looks = operations_of(every_name())
    may = {one: account.allows(one, number) for one in looks if one in offered}
    for operation, allowed in may.items():
        yield _permission(operation, allowed=allowed)
    if not any(may.values()):
        yield Finding("bad", "AWS permissions", "nothing may be looked at.", "Put on what `spotter iam` prints.")
    people = (*iam.COLLECTIONS, "create_collection", "compare_faces")
    may = {one: account.allows(one, number) for one in people}
    if not any(may.values()):
        mend = "To turn it on, put on what `spotter iam --faces` prints."
        yield Finding("ok", "AWS permissions", "nobody may be enrolled or found.", mend)
        return
    for operation, allowed in may.items():
        yield _permission(operation, allowed=allowed, flag=" --faces")


def quotas(account: Account, told: Iterable[str], region: str) -> Iterator[Finding]:
    """Compare what AWS grants with what Spotter paces itself for."""
    raised, granted = read_quotas([*told]), account.quotas()
    names = {iam.action(one): one for one in WORDS}
    lower = {names[name]: value for name, value in granted.items() if name in names}
    apart = {one: value for one, value in lower.items() if value != calls_per_second(one, region, raised)}
    if not lower:
        yield Finding("look", "AWS quotas", "AWS lists none that I know.", _READ_QUOTAS)
    elif apart:
        yield Finding("warn", "AWS quotas", _apart(apart, region, raised), f"Set SPOTTER_QUOTAS={_as_setting(apart)}")
    else:
        yield Finding("ok", "AWS quotas", f"all {len(lower)} are as I keep to them.")


def _region(offered: frozenset[str], region: str) -> Finding:
    lacking = [WORDS[one] for one in operations_of(every_name()) if one not in offered]
    if lacking:
        told = f"{region} does not offer everything. Missing: {', '.join(lacking)}."
        return Finding("warn", "AWS region", told, "Set AWS_DEFAULT_REGION to another one, if you need them.")
    return Finding("ok", "AWS region", f"{region} offers everything.")


def _permission(operation: str, *, allowed: bool, flag: str = "") -> Finding:
    what = f"rekognition:{iam.action(operation)}"
    if allowed:
        return Finding("ok", what, "allowed.")
    if operation in operations_of(chosen_ones()):
        return Finding("ok", what, "not allowed; only channels that look for it need it.")
    return Finding("warn", what, "not allowed.", f"Put on what `spotter iam{flag}` prints, or turn it off.")


def _opt_out(account: Account) -> Iterator[Finding]:
    if account.opted_out():
        yield Finding("ok", "AWS opt-out", "Amazon keeps no photo to better its service.")
    else:
        yield Finding("warn", "AWS opt-out", "Amazon may keep photos to better its service.", _OPT_OUT)


def _bucket(account: Account, bucket: str, region: str) -> Iterator[Finding]:
    where = account.bucket_region(bucket)
    if where and where != region:
        mend = "Use one in the same region: Rekognition reads no other."
        yield Finding("bad", "S3", f"{bucket} is in {where}, and photos are looked at in {region}.", mend)
    elif missing := account.missing_in(bucket):
        mend = f"Put on what `spotter iam --bucket {bucket}` prints."
        yield Finding("warn", "S3", f"{', '.join(missing)} in {bucket} not allowed.", mend)
    else:
        mend = f"Give {bucket} a lifecycle rule that deletes {iam.LARGE_PHOTOS_PREFIX}* after a day, in case I crash."
        yield Finding("ok", "S3", f"{bucket} takes large photos and gives them back.", mend)


def _apart(granted: Mapping[str, float], region: str, raised: Mapping[str, float]) -> str:
    each = [f"{one} {value:g} instead of {calls_per_second(one, region, raised):g}" for one, value in granted.items()]
    return f"AWS grants other calls a second than I keep to: {', '.join(each)}."


def _as_setting(granted: Mapping[str, float]) -> str:
    return ",".join(f"{one}={value:g}" for one, value in granted.items())
