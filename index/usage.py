"""Say which options a command takes, and which of them say two things at once.  Pure.

Whatever is typed either counts or is refused: an option that would do nothing is a mistake.
"""

from collections.abc import Collection
from typing import Final

#: The options of each command beside --home and --help; the empty one is the search itself.
TAKEN: Final = {
    "save": {"since", "until", "source"},
    "watch": {
        *("no_fold", "json", "jsonl", "csv", "format", "count", "fields", "facet", "explain"),
        *("feed", "webhook", "exec"),
    },
    "saved": set[str](),
    "forget": set[str](),
}
#: Options of a command alone.
WATCHED: Final = {"webhook", "exec"}
#: Option → those of which it needs one.
NEEDS: Final = {"fields": ("json", "jsonl", "csv", "webhook", "exec")}
#: Option → those that leave it nothing to do.
APART: Final = {
    "count": ("explain", "facet", "limit", "no_fold", "offset", "open", "sort"),
    "facet": ("explain", "format", "open"),
    "explain": ("csv", "format"),
    "webhook": ("csv", "jsonl", "format", "count"),
    "exec": ("csv", "jsonl", "format", "count"),
}
#: The same for --facet, which shows no hits unless it is part of --json.
COUNTED: Final = ("limit", "no_fold", "offset", "sort")
#: The same for a search's --feed, which takes the place of what is printed.
FED: Final = ("json", "jsonl", "csv", "format", "count", "facet", "explain", "open")


def misuse(command: str, given: Collection[str]) -> str | None:
    """Give one sentence on the first option that makes no sense here; None where all do."""
    if command in TAKEN and (strange := sorted(set(given) - TAKEN[command])):
        known = ", ".join(map(_spelled, sorted(TAKEN[command]))) or "none"
        return f"'{command}' does not take {_spelled(strange[0])}; its options are: {known}"
    if not command and (strange := sorted(WATCHED & set(given))):
        return f"{_spelled(strange[0])} goes with 'watch': press-search watch NAME {_spelled(strange[0])} ..."
    for option, others in NEEDS.items():
        if option in given and not any(other in given for other in others):
            return f"{_spelled(option)} goes with {' or '.join(map(_spelled, others[:3]))}"
    apart = {
        **APART,
        "facet": (*APART["facet"], *(() if "json" in given else COUNTED)),
        "feed": () if command else FED,
    }
    for option, others in apart.items():
        if option in given and (other := next((one for one in others if one in given), None)):
            return f"{_spelled(option)} and {_spelled(other)} do not go together"
    return None


def _spelled(option: str) -> str:
    return f"--{option.replace('_', '-')}"
