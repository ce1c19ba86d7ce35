"""Say why an address was or was not asked for, from what is kept of it.  Pure: asks nobody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crawler.courtesy.manners import Rules
from crawler.known import AddressState, HostState, Robots

#: Lines of a robots.txt that are tried for the one that decides; files with more that match are rare.
MOST_LINES: Final = 50
RULE: Final = re.compile(r"[ \t]*(?:dis)?allow[ \t]*:[ \t]*([^\s#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that bears on whether an address is asked for."""

    #: ``address``, ``robots.txt``, ``host``, ``last answer``, ``queue`` or ``release``.
    topic: str
    #: What is known, one sentence.
    evidence: str
    #: Whether this alone keeps the address from being asked for now.
    forbids: bool = False


def explain(
    url: str,
    *,
    now: datetime,
    objection: str | None,
    robots: Robots | None,
    read_rules: Callable[[int | None, bytes], Rules],
    host: HostState | None,
    state: AddressState | None,
) -> Iterator[Finding]:
    """Give all that bears on an address, in the order in which it is looked at.

    Args:
        url: the address.
        now: aware.
        objection: what the law of addresses says against it; None when nothing.
        robots: what its site answered for robots.txt; None when it was not asked.
        read_rules: reads status and body of a robots.txt.
        host: what is kept of its host.
        state: what is kept of the address itself; None when it was never met.
    """
    if objection:
        yield Finding("address", objection, forbids=True)
    yield _robots(url, robots, read_rules, now)
    if host:
        yield _host(host, now)
    if state is None:
        yield Finding("last answer", "never met: no newsroom, feed or page that was read points to it")
        return
    yield _answer(state)
    if waits := _queue(state, now):
        yield waits
    yield _release(state)


def deciding_rule(url: str, body: bytes, read_rules: Callable[[int | None, bytes], Rules]) -> str | None:
    """Find the line of a robots.txt that decides on an address; None where the file says nothing of it."""
    lines = body.decode("utf-8", "replace").splitlines()
    said = read_rules(200, body).may(url)
    heard = [line for line in dict.fromkeys(lines) if _concerns(url, line, said, read_rules)][:MOST_LINES]

    def without(dropped: set[str]) -> bool:
        kept = "\n".join(line for line in lines if line not in dropped)
        return read_rules(200, kept.encode()).may(url)

    if without(set(heard)) == said:
        return None
    for line in sorted(heard, key=len, reverse=True):  # the longest match decides: RFC 9309, 2.2.2
        if without(set(heard) - {line}) == said:
            return f"{line.strip()} (line {lines.index(line) + 1})"
    return None


def _concerns(url: str, line: str, said: bool, read_rules: Callable[[int | None, bytes], Rules]) -> bool:  # noqa: FBT001
    """Say whether a line alone would have the same word on the address, and is of the kind that has one."""
    is_ban = line.strip().lower().startswith("dis")
    if not RULE.match(line) or is_ban == said:
        return False
    # An "allow" shows only against a ban of everything.
    alone = f"User-agent: *\n{line}\n" if is_ban else f"User-agent: *\nDisallow: /\n{line}\n"
    return read_rules(200, alone.encode()).may(url) == said


def _robots(
    url: str, robots: Robots | None, read_rules: Callable[[int | None, bytes], Rules], now: datetime
) -> Finding:
    if robots is None:
        return Finding("robots.txt", "not asked for yet; it is before anything else of the site is")
    rules = read_rules(robots.status, robots.body)
    may = rules.may(url)
    parts = [("allows it" if may else "forbids it")]
    if rules.verdict == "rules" and (line := deciding_rule(url, robots.body, read_rules)):
        parts.append(f"by {line}")
    elif rules.note:
        parts.append(f"({rules.note})")
    parts.append(f"as fetched {_at(robots.fetched)}")
    parts.append(f"and {'was due anew' if robots.expires <= now else 'good until'} {_at(robots.expires)}")
    if rules.delay_s:
        parts.append(f"with {rules.delay_s:g} s between requests")
    return Finding("robots.txt", " ".join(parts), forbids=not may and robots.expires > now)


def _host(host: HostState, now: datetime) -> Finding:
    rests = host.not_before is not None and host.not_before > now
    if rests and host.not_before:
        why = f": {host.reason}" if host.reason else ""
        return Finding("host", f"rests until {_at(host.not_before)}{why}", forbids=True)
    if host.failures:
        return Finding("host", f"may be asked; {_times(host.failures)} failed in a row: {host.reason}")
    return Finding("host", f"may be asked; last asked {_at(host.asked)}" if host.asked else "may be asked")


def _answer(state: AddressState) -> Finding:
    if state.asked is None:
        return Finding("last answer", "not asked for yet")
    parts = [f"{_at(state.asked)}"]
    if state.status:
        parts.append(f"answered {state.status}" + (" (unchanged)" if state.status == 304 else ""))  # noqa: PLR2004
    if state.failures:
        parts.append(f"{_times(state.failures)} in a row without a release: {state.reason}")
    if state.gone:
        parts.append(f"not there since the visit of {_at(state.gone)}")
    return Finding("last answer", "; ".join(parts))


def _queue(state: AddressState, now: datetime) -> Finding | None:
    if not state.is_queued:
        return None
    waits = state.not_before is not None and state.not_before > now
    when = f"not before {_at(state.not_before)}" if waits else "on the next visit"
    tries = f"; taken {_times(state.attempts)} so far" if state.attempts else ""
    return Finding("queue", f"waits to be fetched for source {state.source}, {when}{tries}", forbids=waits)


def _release(state: AddressState) -> Finding:
    if state.release is None:
        return Finding("release", "leads to none")
    return Finding("release", f"leads to {state.release}; see it with: press-crawl show {state.release}")


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else "at an unknown time"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
