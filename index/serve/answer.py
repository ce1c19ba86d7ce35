"""Hold an answer, and fence it in with headers.  Pure: sends nothing."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

HTML: Final = "text/html; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"

#: No script at all, nothing from elsewhere, in nobody's frame.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: Sent with every answer; no other site learns what was looked for.
FENCE: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with."""

    body: bytes
    kind: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    #: Whether the same address will always give the same bytes.
    is_lasting: bool = False

    @property
    def line(self) -> str:
        """The status as WSGI wants it."""
        return f"{self.status.value} {self.status.phrase}"

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All headers, the fence included."""
        return [
            ("Content-Type", self.kind),
            ("Content-Length", str(len(self.body))),
            (
                "Cache-Control",
                "private, max-age=31536000, immutable" if self.is_lasting else "private, no-cache",
            ),
            *([("Allow", "GET, HEAD")] if self.status is HTTPStatus.METHOD_NOT_ALLOWED else []),
            *FENCE,
        ]
