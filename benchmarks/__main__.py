"""`python -m benchmarks` measures everything, `python -m benchmarks gate` one thing; `--quick` by small runs.

Thin on purpose: the gate's children import the main module, too.
"""

import sys
from importlib import import_module


def main() -> int:
    """Measure what is named, or everything; not 0 where a goal is missed."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    if not names:
        return int(import_module("benchmarks.table").main())
    run = import_module("benchmarks.row").run
    return int(max(run(import_module(f"benchmarks.{name}").rows) for name in names))


if __name__ == "__main__":
    sys.exit(main())
