"""`spotter iam`: the AWS policy for what is switched on."""

import json

from bot.core.channel import USUAL_DETECTORS
from bot.core.iam import Account, policy
from bot.detectors import operations_of
from bot.terminal import Say


def run(detectors: str, account: Account, say: Say, *, faces: bool, bucket: str) -> None:
    """Print the policy.

    Args:
        detectors: Their names, with commas between them; empty for those of a new channel.
        account: Where it holds.
        say: Prints a line.
        faces: Whether people may be enrolled and found.
        bucket: Where photos over 5 MB lie; empty for nowhere.

    Raises:
        SetupError: There is no detector of such a name.
    """
    operations = operations_of(detectors.split(",") if detectors else USUAL_DETECTORS)
    say(json.dumps(policy(operations, faces=faces, bucket=bucket, account=account), indent=2))
