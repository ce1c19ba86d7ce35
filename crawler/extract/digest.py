"""Fold a release's text to what its copies have in common, and hash it.  Pure."""

import hashlib
import re
import unicodedata
from typing import Final

#: Lines and phrases in which copies of one release differ: who carried it, and by which link.
CARRIER: Final = re.compile(
    r"/\s?\w{0,20}newswire[\w.-]{0,20}\s?/|\((?:business ?wire|globe ?newswire)\)|^\W*source:? .{0,90}$"
    r"|^.{0,40}view (?:the )?(?:original|source) .{0,60}$|^to view the source version.{0,200}$"
    r"|^(?:logo|photo|infographic|video)\W{1,4}https?://\S*$|https?://\S+|^\W*(?:end|ends|30)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
SIGNS: Final = re.compile(r"[\W_]+")


def digest(title: str, body: str) -> str:
    """Give the SHA-256 (hex) of title and body without case, width, signs, links and carriers' marks."""
    text = unicodedata.normalize("NFKC", f"{title}\n{CARRIER.sub(' ', body)}").casefold()
    return hashlib.sha256(SIGNS.sub("", text).encode()).hexdigest()
