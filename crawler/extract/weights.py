"""What each trait of a block is worth, as ``tests/bench/fit.py`` found it; read from weights.tsv beside it.

Two linear models (logistic regression): FIRST over a block's own traits, SECOND over those and what FIRST
says of the blocks around.  Above 0 a score speaks for the announcement, below 0 for the page around it.
"""

from importlib.resources import files
from typing import Final


def _read() -> dict[str, dict[str, float]]:
    tables: dict[str, dict[str, float]] = {"first": {}, "second": {}}
    text = files("crawler.extract").joinpath("weights.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        look, weight, trait = line.split("\t")
        tables[look][trait] = float(weight)
    return tables


_TABLES: Final = _read()
#: Trait → worth at the first look.
FIRST: Final = _TABLES["first"]
#: Trait → worth at the second look.
SECOND: Final = _TABLES["second"]
#: What a block without traits is worth.
FIRST_BIAS: Final = FIRST.pop("")
SECOND_BIAS: Final = SECOND.pop("")
