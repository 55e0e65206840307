"""Prints docs/metrics.md: every metric that the code has."""

from prometheus_client.metrics_core import Metric

from bot.condition import described
from bot.metrics import CONNECTED, COUNTED

HEAD = """# Metrics

`spotter web` shows them at `/metrics`; `spotter run` and `spotter worker` on `127.0.0.1`, where `SPOTTER_METRICS_PORT`
names a port. They are Prometheus' text. No label names a person, a photo, a channel or a workspace.

What a process counts begins at 0 when it starts: add up over processes. What the database tells is the same from every
process: take the largest.
"""


def page() -> str:
    """The page of today."""
    counted = [metric for one in (*COUNTED, CONNECTED) for metric in one.collect()]
    return f"{HEAD}\n## What a process counts\n\n{_table(counted)}\n## What the database tells\n\n{_table(described())}"


def name(metric: Metric) -> str:
    """As it is asked for; a histogram has `_bucket`, `_sum` and `_count` behind that."""
    return f"{metric.name}_total" if metric.type == "counter" else str(metric.name)


def _table(metrics: list[Metric] | tuple[Metric, ...]) -> str:
    rows = [f"| `{name(one)}` | {one.type} | {one.documentation} |\n" for one in metrics]
    return "".join(["| metric | type | what it tells |\n", "|---|---|---|\n", *rows])


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  # a script's way of telling
