"""Say why a page is no announcement: blocked, gone, consent, needs scripts, listing, home, empty …  Pure."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.address import spells
from crawler.extract.document.parse import Document
from crawler.extract.refusal.declared import declared, is_error
from crawler.extract.refusal.listed import AWAY, AWAY_BARE, Group, groups_of, listed, most, teased
from crawler.extract.refusal.sections import is_home, is_section, names_section
from crawler.extract.refusal.shells import asks_for_scripts, is_drawn, led_on, shown
from crawler.extract.refusal.walls import called, may_tell, says
from crawler.extract.title.names import heft, is_label, key, pieces

LONGEST_EXCUSE: Final = 1_500  # characters of an error page's own text; Cloudflare's, the longest, has 700
LONGEST_CALL: Final = 40  # characters of "Cookie preferences" or "Press releases", whatever stands below
LITTLE: Final = 400  # characters of text that may be nothing but an excuse, or a page's foot
SHORTEST_BODY: Final = 40  # characters; the shortest real announcement, one sentence, had 87
LEAST_BODY: Final = 20  # characters; a headline's worth of text stands under a picture or a video
LOOKED_AT: Final = 4_000  # characters of a page without a text that are asked what it wants
SHORTEST_HEADLINE: Final = 16  # letters; "Oops! An error" has fewer
LONGEST_SECTION: Final = 60  # characters of a section's name
FEWEST_TEASERS: Final = 3  # headlines of one make that support what the address or the page says
LINK: Final = 0.5  # link density of a headline that leads to its text

#: Reasons for which one word of a page is enough; the others stand in boxes on any page.
ERRORS: Final = frozenset({"gone", "unavailable", "blocked"})

#: A word of UnreadableError, and what was seen.
Refusal = tuple[str, str]


def refusal(
    document: Document, body: str, title: str, position: int | None = None, *, led: bool = False
) -> Refusal | None:
    """Give the reason and what was seen; None for what may be an announcement.

    Args:
        document: the page.
        body: what was read as the announcement's text.
        title: what was read as its headline.
        position: the headline's block.
        led: a newsroom, or another address, led here.
    """
    if _is_text(document, body, title, position):
        return None
    named = _named(document, body, title, position)
    if named and named[0] in ERRORS:
        return named
    return (
        _home(document, position, led=led)
        or _listing(document, title, position)
        or named
        or _saying(document, body, title, position)
        or _empty(document, body, title, position)
    )


def _is_text(document: Document, body: str, title: str, position: int | None) -> bool:
    """Say whether a page shows a text at an address of its own, below a headline that is its name.

    A long one needs the headline or an address that spells it, a shorter one both.
    """
    if len(body) <= LITTLE:
        return False
    is_text = len(title) > LONGEST_CALL and _is_headed(document, title, position)
    if len(body) > LONGEST_EXCUSE:
        is_text = is_text or spells(document.url, title)
    else:
        is_text = is_text and spells(document.url, title)
    return is_text and not is_home(document.url) and not is_section(document.url)


def _named(document: Document, body: str, title: str, position: int | None) -> Refusal | None:
    """Say what a page calls itself, where that is no headline."""
    found = None
    if len(body) <= LONGEST_EXCUSE:
        found = _called(document, body, title, position)
    elif len(title) <= LONGEST_CALL and may_tell(title):
        found = _agreed(called(title, whole=True), called(document.head_title))
    return (found[0], f"it is called {found[1][:80]!r}") if found else None


def _called(document: Document, body: str, title: str, position: int | None) -> Refusal | None:
    """Say what a page with little text is called, by its title, or by a heading or a first line."""
    if is_error(document):
        return "gone", "an error page in its own words"
    if _is_headed(document, title, position):
        return called(title, whole=True) if may_tell(title) else None
    headings = _headings(document)
    if len(body) <= LITTLE:
        headings.append(body.partition("\n")[0])
    if not may_tell(title, document.head_title, *headings):
        return None
    if by_title := called(title):
        return by_title
    by_head = called(document.head_title)
    if by_head and (by_head[0] in ERRORS or not _shows_own(document, title, position)):
        return by_head
    found = [each for each in map(called, headings) if each]
    errors = (each for each in found if each[0] in ERRORS)
    return next(errors, None) or next((each for each in found if _agreed(by_head, each)), None)


def _agreed(one: Refusal | None, other: Refusal | None) -> Refusal | None:
    return one if one and other and one[0] == other[0] else None


def _headings(document: Document) -> list[str]:
    """List the first heading and those of the first level, three at most."""
    headings = [block for block in document.blocks if block.heading and not block.hidden]
    return [block.text for block in headings if block.heading == 1 or block is headings[0]][:3]


def _home(document: Document, position: int | None, *, led: bool) -> Refusal | None:
    """Say that a page is the site's first; one that nothing led to only where it shows news of others."""
    if not is_home(document.url):
        return None
    if led:
        return "home", "its address is that of the site's home page"
    is_list = declared(document) != "one"
    entries = listed(document, groups_of(document.blocks), position) if is_list else 0
    entries = entries or teased(document)
    return ("home", f"{entries} linked headlines, at the address of a home page") if entries else None


def _listing(document: Document, title: str, position: int | None) -> Refusal | None:
    """Say that a page is a list of others."""
    is_spelt = spells(document.url, title)
    at_section = (len(title) < LONGEST_SECTION or not is_spelt) and is_section(document.url)
    if is_spelt and not at_section:
        return None
    groups = groups_of(document.blocks)
    if at_section:
        if _is_named_section(document):
            return "listing", "its address and its name are those of a section"
        if (entries := most(groups)) >= FEWEST_TEASERS:
            return "listing", f"{entries} linked headlines, at the address of a section"
    return _list(document, title, position, groups) if groups else None


def _list(document: Document, title: str, position: int | None, groups: Sequence[Group]) -> Refusal | None:
    """Say that a page is a list of others, whatever its address."""
    kind, entries = declared(document), most(groups)
    if kind == "list" and entries >= FEWEST_TEASERS:
        return "listing", f"{entries} linked headlines, on what calls itself a list"
    is_headed = _has_one_heading(document)
    own = is_headed or _shows_own(document, title, position)
    named = not own and _is_named_section(document) and not spells(document.url, document.head_title)
    if kind == "one" and not named:
        return None
    away = AWAY if own else AWAY_BARE
    if is_headed or (own and heft(key(title)) >= SHORTEST_HEADLINE):
        away = 0
    entries = listed(document, groups, position, named=named, away=away)
    return ("listing", f"{entries} linked headlines, and hardly a text beside theirs") if entries else None


def _has_one_heading(document: Document) -> bool:
    """Say whether one heading of a page, and no other, may be a text's: long enough, no link, no label."""
    headings = (block for block in document.blocks if block.heading and not block.hidden)
    texts = [block.text for block in headings if block.link_density < LINK and not is_label(block.text)]
    return sum(heft(key(text)) >= SHORTEST_HEADLINE for text in texts) == 1


def _is_named_section(document: Document) -> bool:
    """Say whether a piece of the page's title, or one of its first headings, names a section."""
    host = urlsplit(document.url).hostname or ""
    names = [piece for piece, is_whole in pieces(document.head_title) if is_whole or not piece.isascii()]
    names += [block.text for block in document.h1s[:2]]
    if any(is_label(name) or names_section(name, host) for name in names if len(name) < LONGEST_SECTION):
        return True
    return any(names_section(name, host) for name in _headings(document) if len(name) < LONGEST_SECTION)


def _shows_own(document: Document, title: str, position: int | None) -> bool:
    """Say whether a page shows a headline that is neither a link nor the name of a section."""
    if position is None or (len(title) <= LONGEST_CALL and is_label(title)):
        return False
    if document.blocks[position].link_density < LINK:
        return True
    shown_again = (block for block in document.blocks if block.text == title)
    return any(block.link_density < LINK for block in shown_again)


def _saying(document: Document, body: str, title: str, position: int | None) -> Refusal | None:
    """Say what a page asks for, or how it excuses itself, where it says little else."""
    found = None
    if len(body) < SHORTEST_BODY:
        text = " ".join(block.text for block in document.blocks[:40])
        found = says(text[:LOOKED_AT] or document.source[:LOOKED_AT].decode("utf-8", "replace"))
    elif len(body) <= LITTLE and not _is_headed(document, title, position):
        found = says(body)
        if found and found[0] == "consent" and _shows_own(document, title, position):
            found = None  # a banner's words under a text
    return (found[0], f"it says {found[1][:80]!r}") if found else None


def _is_headed(document: Document, title: str, position: int | None) -> bool:
    """Say whether a page shows a headline of its own and is called so."""
    if not _shows_own(document, title, position):
        return False
    if len(title) > LONGEST_CALL and title in document.head_title:
        return True
    folded = key(title)
    return heft(folded) >= SHORTEST_HEADLINE and folded in key(document.head_title)


def _empty(document: Document, body: str, title: str, position: int | None) -> Refusal | None:
    """Say what a page waits for that shows no text, or none but its menu and its foot."""
    waits = False
    if len(body) < SHORTEST_BODY:
        if address := led_on(document):
            return "moved", f"it leads on to {address[:80]!r}"
        waits = is_drawn(document) or asks_for_scripts(document)
    elif len(body) <= LITTLE and (position is None or not document.blocks[position].heading):
        waits = is_drawn(document) or asks_for_scripts(document)
        waits = waits and not _is_headed(document, title, position)
    if waits:
        return "needs scripts", f"{shown(document)} characters of text beside {document.programs} scripts"
    return ("empty", "it has no text of an announcement") if len(body) < LEAST_BODY else None
