"""Post notices to an address as JSON, signed.  Follows no redirect, reads no answer but its status."""

import hashlib
import hmac
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from crawler.errors import DeliveryError

PATIENCE_S: Final = 20.0  # for each answer of the server
SIGNATURE: Final = "X-Pressdex-Signature"


def signature(body: bytes, secret: str) -> str:
    """Sign a body: HMAC with SHA-256 (RFC 2104), in the form that many webhooks have."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


def post(url: str, body: bytes, secret: str | None) -> None:
    """Post JSON.

    Raises:
        DeliveryError: the address did not answer with success.
    """
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "pressdex"}
    if secret:
        headers[SIGNATURE] = signature(body, secret)
    request = Request(url, body, headers, method="POST")  # noqa: S310 - the configuration was checked
    try:
        with build_opener(_NoRedirect, ProxyHandler()).open(request, timeout=PATIENCE_S):
            return
    except HTTPError as error:
        error.close()
        raise DeliveryError(f"webhook {url}: answered {error.code} {error.reason}") from error
    except (URLError, OSError, ValueError) as error:
        raise DeliveryError(f"webhook {url}: {error}") from error


class _NoRedirect(HTTPRedirectHandler):
    """Takes a redirect for the failure it is: a webhook that has moved must be set anew."""

    def redirect_request(self, *_: object) -> None:
        return None
