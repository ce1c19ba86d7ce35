"""What each trait of a block is worth, as ``tests/bench/fit.py`` found it; read from weights.tsv beside it.

Two linear models (logistic regression): the first over a block's own traits, the second over those and what
the first says of the blocks around.  Above 0 a score speaks for the announcement, below 0 for the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from crawler.extract.body.context import SECOND_ROLL
from crawler.extract.body.holders import FIRST_ROLL
from crawler.extract.body.roll import Roll


@dataclass(frozen=True, slots=True)
class Weights:
    """The worth of all traits of one look."""

    #: By the trait's number.
    worth: Sequence[float]
    #: What a block without traits is worth.
    bias: float


def read_weights(lines: Iterable[str], look: str, roll: Roll) -> Weights:
    """Read the weights of one look: lines of look, worth and trait; the bias has no trait."""
    told = {}
    for line in lines:
        whose, worth, trait = line.rstrip("\n").split("\t")
        if whose == look:
            told[trait] = float(worth)
    return Weights([told.get(name, 0.0) for name in roll.names], told[""])


_LINES: Final = files("crawler.extract.body").joinpath("weights.tsv").read_text(encoding="utf-8").splitlines()
FIRST: Final = read_weights(_LINES, "first", FIRST_ROLL)
SECOND: Final = read_weights(_LINES, "second", SECOND_ROLL)
