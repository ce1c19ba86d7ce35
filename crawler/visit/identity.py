"""Decide which release a page is where it calls another page's address its own.  Pure."""

import re
from dataclasses import replace
from typing import Final

from crawler.model import Release

#: Share of their words that two texts have in common, from which one may be a version of the other; releases
#: of one company on two subjects share a fifth of theirs.
ALIKE: Final = 0.5
WORD: Final = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]+|\w+")
UNSPACED: Final = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
SHARED: Final = "the page calls the address of another release its own: {}"


def settled(release: Release, own: str, held: Release | None) -> Release:
    """Give a reading under the page's own address where the address that it declares is another release's.

    Some sites declare one address on all their pages; every release would be a version of the first.

    Args:
        release: as it was read.
        own: canonical address of the page.
        held: the release that is kept under the reading's id; None when there is none, or when the page
            has led to it before.
    """
    if held is None or release.id in {own, ""} or release.id != release.url:
        return release
    if held.title == release.title or alike(held.body, release.body):
        return release
    return replace(release, id=own, url=own, warnings=(*release.warnings, SHARED.format(release.url)))


def alike(one: str, other: str) -> bool:
    """Say whether two texts have most of their words in common."""
    first, second = _words(one), _words(other)
    return len(first & second) >= ALIKE * min(len(first), len(second))


def _words(text: str) -> set[str]:
    """Give the words of a text; where they are not written apart, the pairs of characters."""
    found: set[str] = set()
    for word in WORD.findall(text.casefold()):
        if UNSPACED.match(word):
            found.update(word[at : at + 2] for at in range(len(word)))
        else:
            found.add(word)
    return found
