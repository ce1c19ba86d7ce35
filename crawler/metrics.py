"""Write how all sources stand as Prometheus text, for node_exporter's textfile collector.  Pure.

Format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from crawler.health.judge import WELL
from crawler.health.standing import Standing

#: Name of a gauge → what it tells, and its value for a source; None where there is none.
GAUGES: Final[dict[str, tuple[str, Callable[[Standing], float | None]]]] = {
    "well": ("1 while nothing needs to be done.", lambda one: float(one.state in WELL)),
    "last_visit_timestamp_seconds": ("End of the latest visit.", lambda one: _stamp(one.last)),
    "next_visit_timestamp_seconds": ("When it is due.", lambda one: _stamp(one.next)),
    "failures_in_a_row": ("Failed visits in a row.", lambda one: one.failures),
    "waiting_addresses": ("Addresses still to be fetched.", lambda one: one.waiting),
    "new_releases_today": ("Releases new today, UTC.", lambda one: one.new),
    "revised_releases_today": ("Releases revised today, UTC.", lambda one: one.revised),
    "withdrawn_releases_today": ("Releases withdrawn today, UTC.", lambda one: one.withdrawn),
    "visits_30d": ("Visits of the last 30 days.", lambda one: one.visits),
    "failed_visits_30d": ("Failed visits of the last 30 days.", lambda one: one.failed),
    "requests_30d": ("Requests of the last 30 days.", lambda one: one.requests),
    "discovery_delay_hours": ("Median from publication to discovery.", lambda one: one.delay_h),
}


def text(standings: Sequence[Standing], totals: Iterable[tuple[str, float]], now: datetime) -> str:
    """Write the gauges of all sources, their states, and some totals.

    Args:
        standings: of the sources.
        totals: gauges of the whole, by name.
        now: when they were taken; aware.
    """
    lines = [
        "# HELP pressdex_source_state The state each source is in.",
        "# TYPE pressdex_source_state gauge",
    ]
    lines += [f'pressdex_source_state{{source="{one.source}",state="{one.state}"}} 1' for one in standings]
    for name, (meaning, value) in GAUGES.items():
        values = [(one.source, found) for one in standings if (found := value(one)) is not None]
        lines += [f"# HELP pressdex_source_{name} {meaning}", f"# TYPE pressdex_source_{name} gauge"]
        lines += [f'pressdex_source_{name}{{source="{source}"}} {found:.15g}' for source, found in values]
    for name, total in (*totals, ("written_timestamp_seconds", now.timestamp())):
        lines += [f"# TYPE pressdex_{name} gauge", f"pressdex_{name} {total:.15g}"]
    return "\n".join([*lines, ""])


def _stamp(at: datetime | None) -> float | None:
    return at.timestamp() if at else None
