"""Number what a block can show, so that to weigh it is to add up a list.  Knows no trait itself."""

from collections.abc import Sequence
from itertools import product


class Roll:
    """The names of all traits of one look; a trait is its place in them."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def row(self, name: str, *kinds: int | Sequence[str]) -> int:
        """Enter a trait with all its steps, or all pairs of its kinds, and give the first one's number.

        ``row("size", 3)`` enters ``size 0``, ``size 1``, ``size 2``; of more kinds the last one runs fastest.
        """
        first = len(self.names)
        steps = [map(str, range(kind)) if isinstance(kind, int) else kind for kind in kinds]
        self.names.extend(" ".join((name, *words)) for words in product(*steps))
        return first
