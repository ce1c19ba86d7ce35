"""Decide which network addresses the crawler may connect to.  Pure: resolves nothing, connects to nothing."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

#: Networks that no public newsroom is on, with the word for each: IANA's special-purpose registries
#: (RFC 6890 and its updates).  The first that holds an address gives the word.
NOT_PUBLIC_V4: Final[tuple[tuple[str, str], ...]] = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "carrier-grade NAT"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),  # holds 169.254.169.254, the clouds' metadata service
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
)
NOT_PUBLIC_V6: Final[tuple[tuple[str, str], ...]] = (
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::ffff:0:0/96", "IPv4 in IPv6"),
    ("::ffff:0:0:0/96", "IPv4 in IPv6"),  # SIIT, RFC 2765
    ("::/96", "IPv4 in IPv6"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "discard"),
    ("2001::/32", "Teredo"),
    ("2001:2::/48", "benchmarking"),
    ("2001:db8::/32", "documentation"),
    ("2001::/23", "protocol assignments"),
    ("2002::/16", "6to4"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "private"),
    ("ff00::/8", "multicast"),
)
#: The only block of IPv6 from which public addresses are given out (RFC 4291, 2.4).
GLOBAL_V6: Final = IPv6Network("2000::/3")

#: Ports below 1024 that serve web pages; the others are mail, shells and databases, not newsrooms.
WEB_PORTS: Final = frozenset({80, 443})
FIRST_FREE_PORT: Final = 1024  # below it ports need privileges (RFC 6335, system ports)

_V4: Final = tuple((IPv4Network(network), word) for network, word in NOT_PUBLIC_V4)
_V6: Final = tuple((IPv6Network(network), word) for network, word in NOT_PUBLIC_V6)


def objection(address: str) -> str | None:
    """Say in a word or two why an IP address is not on the public internet; None when it is."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return "not an IP"
    if isinstance(parsed, IPv4Address):
        return next((word for network, word in _V4 if parsed in network), None)
    word = next((word for network, word in _V6 if parsed in network), None)
    return word or (None if parsed in GLOBAL_V6 else "reserved")


def exceptions(allow: Collection[str]) -> frozenset[str]:
    """Make the configuration's ``allow`` (hosts or ``host:port``) ready for looking up."""
    return frozenset(entry.strip().casefold() for entry in allow)


def is_excepted(host: str, port: int, allow: frozenset[str]) -> bool:
    """Say whether the configuration lets a host be anywhere; ``allow`` as ``exceptions`` made it."""
    host = host.strip("[]").casefold().rstrip(".")
    spelt = f"[{host}]" if ":" in host else host
    return host in allow or spelt in allow or f"{spelt}:{port}" in allow


def objection_to_url(url: str, allow: frozenset[str]) -> str | None:
    """Say why an address may not be asked for, before anything is resolved; None when it may."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        return "not a web address"
    if parts.username is not None or parts.password is not None:
        return "credentials in the address"
    if is_excepted(host, port, allow):
        return None
    if port < FIRST_FREE_PORT and port not in WEB_PORTS:
        return f"port {port} is not a web server's"
    return None
