"""`/findbib` over a million photos with three million bibs, on SQLite and on PostgreSQL.

Run it as `python -m benchmarks.search`; it prints what it measured beside the goal, and the plans of the searches.
It ends with 1 where a goal is missed.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Final

from sqlalchemy import Engine, event, text

from benchmarks.search_data import CHANNELS, Asker, askers, fill
from storage import Storage, Work
