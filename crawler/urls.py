"""Spell one address in one way, and judge what it points at.  Pure: touches no network."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit, urlunsplit

#: Query keys that only say where a reader came from, with where each was seen.  Never a whole query string:
#: ``?p=123`` is an identity.
TRACKERS: Final = frozenset(
    {
        "fbclid",  # Facebook
        "gclid",  # Google Ads
        "dclid",  # Google Display
        "gbraid",  # Google Ads, iOS
        "wbraid",  # Google Ads, iOS
        "msclkid",  # Microsoft Advertising
        "twclid",  # X
        "igshid",  # Instagram
        "mc_cid",  # Mailchimp
        "mc_eid",  # Mailchimp
        "_hsenc",  # HubSpot
        "_hsmi",  # HubSpot
        "mkt_tok",  # Marketo
        "tc",  # PR Newswire: eml_cleartime
        "_ga",  # Google Analytics
        "_gl",  # Google Analytics
        "ncid",  # AOL
        "cmpid",  # Bloomberg and others
    }
)
TRACKER_PREFIXES: Final = ("utm_", "pk_", "piwik_", "mtm_", "hsa_", "oly_")

#: Endings of files that are no page with an announcement in HTML.
FILES: Final = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|jpe?g|png|gif|svg|webp|ico|mp[34]|m4[av]|mov|avi|wmv|wav|ogg|css|js"
    r"|json|ics|vcf|exe|dmg|woff2?|ttf|eps)$",
    re.IGNORECASE,
)

CACHED: Final = 4_096  # spellings: of one page some twenty are asked for, at 60 µs each; 3 MB at most
LONGEST_URL: Final = 2_000  # characters; longer ones are scripts' state or attacks, and few servers take them


def is_web(url: str) -> bool:
    """Say whether an address is an absolute http or https one with a host, of bearable length."""
    if len(url) > LONGEST_URL:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def resolve(base: str, href: str) -> str | None:
    """Make a reference absolute against ``base``, without its fragment; None when it is no web address."""
    href = re.sub(r"[\t\n\r]", "", href).strip()
    if not href or len(href) > LONGEST_URL:
        return None
    try:
        url = urldefrag(urljoin(base, href)).url
    except ValueError:
        return None
    return url.replace(" ", "%20") if is_web(url) else None


def canonical(url: str) -> str:
    """Give the one spelling under which an address is an identity.

    Scheme and host in lower case, default port, fragment and known trackers dropped, query keys sorted,
    escapes spelt alike; path and other query keys kept.  Any other string is given back as it is.
    """
    return _canonical(url) if len(url) <= LONGEST_URL else url


@lru_cache(maxsize=CACHED)
def _canonical(url: str) -> str:
    from w3lib.url import canonicalize_url  # noqa: PLC0415 - a third of the start of a command that spells none

    if not is_web(url):
        return url
    try:
        parts = urlsplit(canonicalize_url(url, keep_fragments=False))
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        port = parts.port
    except ValueError:
        return url
    if any(_is_tracker(key) for key, _ in pairs):
        kept = [
            piece for piece in parts.query.split("&") if not _is_tracker(piece.partition("=")[0].casefold())
        ]
        parts = parts._replace(query="&".join(kept))
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    if port and port != {"http": 80, "https": 443}[parts.scheme]:
        host = f"{host}:{port}"
    return urlunsplit(parts._replace(netloc=host, path=parts.path or "/", fragment=""))


def _is_tracker(key: str) -> bool:
    key = key.casefold()
    return key in TRACKERS or key.startswith(TRACKER_PREFIXES)


def origin(url: str) -> str:
    """Give scheme, host and port of a web address, as ``https://example.com:8443``."""
    parts = urlsplit(canonical(url))
    return f"{parts.scheme}://{parts.netloc}"


def host(url: str) -> str:
    """Give the host of a web address in lower case, without port; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are of one host, a leading ``www.`` aside."""
    first, second = host(one).removeprefix("www."), host(other).removeprefix("www.")
    return bool(first) and first == second


def related(one: str, other: str) -> bool:
    """Say whether the hosts of two addresses share a registered name: ``a.example.com``, ``example.com``."""
    first, second = _registered(host(one)), _registered(host(other))
    return bool(first) and first == second


def _registered(name: str) -> str:
    labels = name.split(".")
    if name.replace(".", "").isdigit() or ":" in name:
        return name
    # ``co.uk``, ``com.au``: a short second label under a country's own is a registry, not a firm.
    size = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2  # noqa: PLR2004
    return ".".join(labels[-size:])


def is_file(url: str) -> bool:
    """Say whether an address ends like a file that is no web page."""
    try:
        return bool(FILES.search(urlsplit(url).path))
    except ValueError:
        return False
