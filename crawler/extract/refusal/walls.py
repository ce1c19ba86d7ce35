"""Recognise pages that stand in place of another by what they are called and say.  Pure: sees strings.

They are called so by a piece of their title, or a heading, that says hardly anything else: "404 - Page not
found | Acme", but not "404: a festival of things not found".  What they say counts only where it is little.
"""

import re
from collections.abc import Iterator
from typing import Final

from crawler.extract.refusal.excuses import ANY_NAME, NAMES, SAYINGS

MOST_OF: Final = 0.65  # of a name's letters are words that tell; error pages add "Oops!" and the site's name
LONGEST_NAME: Final = 160  # characters; longer ones are headlines

#: What separates the pieces of a name.  A colon does not: "Access denied: a report".
BETWEEN: Final = re.compile(r"\s*[|｜‖¦»›«·•]\s*|\s+[-–—―]\s+|[!！。?？]+\s*|\.+\s+")
LETTER: Final = re.compile(r"\w")
MOST_PIECES: Final = 4  # of a name; more are a menu


def may_tell(*texts: str) -> bool:
    """Say whether one of several names may tell; all are asked at once."""
    return ANY_NAME.search("\n".join(text[:LONGEST_NAME] for text in texts).lower()) is not None


def called(text: str, *, whole: bool = False) -> tuple[str, str] | None:
    """Give the reason to refuse a page so called, and the piece of its name that tells; None for none.

    Args:
        text: a title or a heading.
        whole: not a piece of it must tell, but all of it.
    """
    small = text[: LONGEST_NAME + 1].lower()
    for piece in [small] if whole else _pieces(small):
        letters = len(LETTER.findall(piece))
        for reason, pattern in NAMES.items():
            telling = sum(len(LETTER.findall(found[0])) for found in pattern.finditer(piece))
            if letters and telling > MOST_OF * letters:
                return reason, piece
    return None


def says(text: str) -> tuple[str, str] | None:
    """Give the reason to refuse a page that says little else, and the words that tell; None for none."""
    small = text.lower()
    for reason, pattern in SAYINGS.items():
        if found := pattern.search(small):
            return reason, found[0]
    return None


def _pieces(text: str) -> Iterator[str]:
    """Yield the pieces of a name, and the whole of it."""
    if len(text) > LONGEST_NAME:
        return
    pieces = [piece for piece in BETWEEN.split(text) if piece]
    if len(pieces) <= MOST_PIECES:
        yield from pieces
    if len(pieces) != 1:
        yield text
