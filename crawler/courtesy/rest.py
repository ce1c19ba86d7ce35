"""Decide what rest a host is given after trouble with it.  Pure: is given now, keeps nothing."""

from datetime import datetime, timedelta
from typing import Final

from crawler.courtesy.manners import LONGEST_RETRY_AFTER_S, back_off
from crawler.errors import FetchError, FetchKind, Refused, Unreachable
from crawler.known import HostState

#: Answers that ask for a rest at once: too many requests, unavailable (RFC 6585, 4; RFC 9110, 15.6.4).
PLEAS: Final = frozenset({429, 503})
#: Troubles that no other page of the host would be spared.
WHOLE_HOST: Final[frozenset[FetchKind]] = frozenset({"dns", "connect", "tls"})
#: Refusals that a host gives to a guest it does not want, beside those of single pages.
UNWANTED: Final = frozenset({401, 403, 429})
#: Other troubles in a row before a rest: one page may be slow, broken or locked by itself.
LENIENCE: Final = 3


def after(state: HostState, error: FetchError | None, now: datetime) -> HostState:
    """Give what is to be kept of a host after a request to it.

    Args:
        state: what was kept before.
        error: how the request failed; None when it gave what was asked for.
        now: aware.
    """
    if error is not None and error.kind in {"address", "budget", "robots", "rest"}:
        return state  # nothing was asked
    if error is None or not is_trouble(error):
        return HostState(state.origin, asked=now) if state.failures else state
    failures = state.failures + 1
    is_urgent = error.status in PLEAS or error.kind in WHOLE_HOST
    until = None
    if is_urgent or failures >= LENIENCE:
        until = back_off(failures, now, asked_s=error.retry_after_s)
    return HostState(state.origin, failures, asked=now, not_before=until, reason=error.reason)


def is_trouble(error: FetchError) -> bool:
    """Say whether an error tells something of the host, rather than of one of its pages."""
    if isinstance(error, Unreachable):
        return error.kind != "redirect"
    return isinstance(error, Refused) and error.status in UNWANTED


def rests(state: HostState, now: datetime) -> bool:
    """Say whether a host is not to be asked now; one longer than any is of a clock set back since."""
    longest = timedelta(seconds=LONGEST_RETRY_AFTER_S)
    return state.not_before is not None and now < state.not_before <= now + longest
