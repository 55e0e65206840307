"""What there is to do, and who does it."""

from dataclasses import dataclass
from typing import Final

MOST_COUNTED: Final = 1_000
"""More jobs are not counted: whoever looks waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """The jobs of a workspace that are not done.

    Attributes:
        jobs: How many there are, up to `MOST_COUNTED`.
        waited: Seconds since the oldest of them was stored; 0 where there is none.
        processes: How many processes live, of all workspaces.
    """

    jobs: int = 0
    waited: float = 0.0
    processes: int = 1
