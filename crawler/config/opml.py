"""Write sources as OPML 2.0 and read outlines of any OPML back (http://opml.org/spec2.opml).  Pure.

A feed is an outline of type ``rss``, any other newsroom one of type ``link``.  What OPML has no word for
stands in attributes of a namespace of our own, so that sources come back as they were.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from crawler.config import entries, toml
from crawler.errors import ConfigError
from crawler.model import Source
from crawler.units import interval, spell
from crawler.urls import canonical, is_web

SPACE: Final = "urn:pressdex:opml"
TITLE: Final = "Newsrooms followed by Pressdex"

MOST_BYTES: Final = 10 * 2**20  # the fullest list of a feed reader seen holds 2,000 outlines in half a MiB
MOST_OUTLINES: Final = 10_000
LONGEST_NAME: Final = 48  # characters made of an outline's text
ENTITY: Final = re.compile(rb"<!ENTITY", re.IGNORECASE)


def write(sources: Iterable[Source], *, feeds: Collection[str] = ()) -> bytes:
    """Write sources as an OPML document.

    Args:
        sources: in the order in which they are to stand.
        feeds: names of those whose address is known to be a feed's.
    """
    root = etree.Element("opml", version="2.0", nsmap={"press": SPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = TITLE
    body = etree.SubElement(root, "body")
    for source in sources:
        is_feed = source.way == "feed" or source.name in feeds
        told = {"text": source.name, "type": "rss" if is_feed else "link"}
        told["xmlUrl" if is_feed else "url"] = source.url
        told |= {"htmlUrl": source.page} if source.page else {}
        etree.SubElement(body, "outline", {**told, **_own(source)})
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def read(document: bytes, where: str, known: Iterable[Source] = ()) -> tuple[list[Source], list[str]]:
    """Read the sources of an OPML document that are not known yet; folders are passed through.

    Args:
        document: as received.
        where: name of the file, for messages.
        known: sources whose names and addresses are taken.

    Returns:
        The new sources, and a sentence for each outline that is none.

    Raises:
        ConfigError: it is no OPML, or larger than any.
    """
    found, troubles = list[Source](), list[str]()
    known = list(known)
    names = {source.name for source in known}
    addresses = {canonical(source.url) for source in known}
    for number, told in enumerate(_outlines(document, where), 1):
        url = told.get("xmlUrl") or told.get("url") or told.get("htmlUrl") or ""
        if not url:
            continue  # a folder
        try:
            source = _source(told, url, names)
        except (ConfigError, ValueError) as error:
            troubles.append(f"{where}: outline {number}: {error}")
            continue
        if canonical(source.url) in addresses:
            troubles.append(f"{where}: outline {number}: {source.url} is followed already")
            continue
        names.add(source.name)
        addresses.add(canonical(source.url))
        found.append(source)
    return found, troubles


def _own(source: Source) -> dict[str, str]:
    told = {
        "name": source.name,
        "way": source.way,
        "every": None if source.every_s is None else spell(source.every_s),
        "delay": None if source.delay_s is None else spell(source.delay_s),
        "dateOrder": source.date_order,
        "zone": source.zone,
    }
    return {f"{{{SPACE}}}{key}": value for key, value in told.items() if value is not None}


def _outlines(document: bytes, where: str) -> Iterator[dict[str, str]]:
    if len(document) > MOST_BYTES:
        raise ConfigError(f"{where}: larger than {MOST_BYTES >> 20} MiB; no list of newsrooms is")
    if ENTITY.search(document):
        raise ConfigError(f"{where}: declares entities; no OPML needs them")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ConfigError(f"{where}: not OPML: {error}") from error
    if root.tag != "opml":
        raise ConfigError(f"{where}: not OPML: its root is {str(root.tag)[:50]!r}")
    for number, outline in enumerate(root.iter("outline")):
        if number == MOST_OUTLINES:
            raise ConfigError(f"{where}: more than {MOST_OUTLINES} outlines; cut it in parts")
        yield {str(key): str(value).strip() for key, value in outline.attrib.items()}


def _source(told: dict[str, str], url: str, taken: Collection[str]) -> Source:
    """Make a source of an outline, checked as the file will be."""
    if not is_web(url):
        raise ConfigError(f"not a web address: {url[:200]!r}")
    own = {key.removeprefix(f"{{{SPACE}}}"): value for key, value in told.items() if key.startswith("{")}
    page = told.get("htmlUrl") or None
    source = Source(
        entries.free_name(own.get("name") or _name(told) or entries.propose_name(url, ()), taken),
        url,
        page=page if page and is_web(page) and canonical(page) != canonical(url) else None,
    )
    if own.get("every"):
        source = replace(source, every_s=int(interval(own["every"])))
    if own.get("delay"):
        source = replace(source, delay_s=interval(own["delay"]))
    wanted = {"way": own.get("way"), "date_order": own.get("dateOrder"), "zone": own.get("zone")}
    block = entries.block(replace(source, **{key: value for key, value in wanted.items() if value}))  # type: ignore[arg-type]
    return toml.load(block, "opml").sources[0]


def _name(told: dict[str, str]) -> str:
    text = (told.get("text") or told.get("title") or "").casefold()
    return re.sub(r"[^a-z0-9]+", "-", text)[:LONGEST_NAME].strip("-")
