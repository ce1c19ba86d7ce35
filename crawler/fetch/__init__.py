"""The only door to the network: an address goes in, a Page, Unchanged or a FetchError comes out.

Where to look:

    reach        which network addresses may be connected to                                   pure
    unpack       gzip, deflate and brotli, never past a size                                   pure
    verdict      what a status and its headers mean                                            pure
    stream       bytes over one TCP or TLS connection
    connection   HTTP/1.1 over one stream
    lanes        one connection a host, to an address that was checked
    transport    httpx's way to the lanes
    faults       what went wrong below, in our own words
    fetcher      along the redirects to the end
"""

from crawler.fetch.fetcher import Fetcher

__all__ = ["Fetcher"]
