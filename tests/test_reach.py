"""Which network addresses may be connected to."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch import reach


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("93.184.216.34", None),
        ("1.1.1.1", None),
        ("172.15.255.255", None),
        ("172.32.0.0", None),
        ("100.63.255.255", None),
        ("2606:4700:4700::1111", None),
        ("2a00:1450:4001:80b::200e", None),
        ("0.0.0.0", "unspecified"),  # noqa: S104
        ("0.1.2.3", "unspecified"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "carrier-grade NAT"),
        ("100.127.255.255", "carrier-grade NAT"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("198.18.0.1", "benchmarking"),
        ("224.0.0.251", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "IPv4 in IPv6"),
        ("::ffff:8.8.8.8", "IPv4 in IPv6"),
        ("::127.0.0.1", "IPv4 in IPv6"),
        ("::ffff:0:127.0.0.1", "IPv4 in IPv6"),
        ("64:ff9b::7f00:1", "NAT64"),
        ("64:ff9b:1::7f00:1", "NAT64"),
        ("2002:7f00:1::", "6to4"),
        ("2001::1", "Teredo"),
        ("2001:db8::1", "documentation"),
        ("fc00::1", "private"),
        ("fd12:3456::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("ff02::1", "multicast"),
        ("4000::1", "reserved"),
        ("example.com", "not an IP"),
    ],
)
def test_only_public_addresses_are_without_objection(address: str, word: str | None) -> None:
    assert reach.objection(address) == word


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public_for_us(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_unspecified:
        assert reach.objection(str(address))


@pytest.mark.parametrize(
    ("allow", "host", "port", "excepted"),
    [
        (["127.0.0.1"], "127.0.0.1", 8080, True),
        (["127.0.0.1:8080"], "127.0.0.1", 8080, True),
        (["127.0.0.1:8080"], "127.0.0.1", 8081, False),
        (["127.0.0.1"], "127.0.0.2", 80, False),
        (["Intranet.Example"], "intranet.example.", 80, True),
        (["example"], "intranet.example", 80, False),
        (["::1"], "::1", 80, True),
        (["[::1]:80"], "::1", 80, True),
        ([], "127.0.0.1", 80, False),
    ],
)
def test_the_configuration_excepts_hosts_by_name_or_with_port(
    allow: list[str], host: str, port: int, excepted: bool
) -> None:
    assert reach.is_excepted(host, port, reach.exceptions(allow)) is excepted


@pytest.mark.parametrize(
    ("url", "allow", "objection"),
    [
        ("https://acme.example/", [], None),
        ("https://acme.example:8443/", [], None),
        ("http://acme.example:25/", [], "port 25 is not a web server's"),
        ("http://acme.example:25/", ["acme.example"], None),
        ("https://me@acme.example/", [], "credentials in the address"),
        ("https://me:word@acme.example/", ["acme.example"], "credentials in the address"),
        ("https://acme.example:99999/", [], "not a web address"),
    ],
)
def test_an_address_is_judged_before_it_is_resolved(
    url: str, allow: list[str], objection: str | None
) -> None:
    assert reach.objection_to_url(url, reach.exceptions(allow)) == objection
