"""Show on a terminal what is asked just now; elsewhere nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def telling(most: int) -> Iterator[Callable[[str, int], None]]:
    """Give what is told of each address before it is asked, with the requests sent so far, of so many."""
    if not sys.stderr.isatty():
        yield lambda _url, _requests: None
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that a pipe saves
    from rich.markup import escape  # noqa: PLC0415

    with Console(stderr=True).status("looking …") as status:
        yield lambda url, requests: status.update(f"{requests} of at most {most} requests: {escape(url)}")
