"""Fold a release's text to what its copies have in common, and hash it.  Pure."""

import hashlib
import re
import unicodedata
from typing import Final

from crawler.extract.signs import unprinted

#: In what copies of one release differ: who carried it, in the dateline …
WIRE: Final = re.compile(
    r"/\s?\w{0,20}newswire[\w.-]{0,20}\s?/|\((?:business|globe) ?(?:news)?wire\)", re.IGNORECASE
)
#: … and in the last lines.
CARRIER: Final = re.compile(
    r"^\W{0,9}source:? .{0,90}$|^.{0,40}view (?:the )?(?:original|source) .{0,60}$|^to view the source .*$"
    r"|^(?:logo|photo|infographic|video)\W{1,4}https?://\S*$|^\W{0,9}(?:end|ends|30)\W{0,9}$",
    re.IGNORECASE | re.MULTILINE,
)
ADDRESS: Final = re.compile(r"https?://\S+")
WORDS: Final = re.compile(r"\w+")
ASCII_SIGNS: Final = bytes(code for code in range(128) if not chr(code).isalnum())
LAST_CHARS: Final = 900  # of a body; carriers' lines stand at the end


def digest(title: str, body: str) -> str:
    """Give the SHA-256 (hex) of title and body without case, width, signs, links and carriers' marks."""
    text = ADDRESS.sub(" ", WIRE.sub(" ", f"{title}\n{body}"))
    cut = text.rfind("\n", 0, max(0, len(text) - LAST_CHARS)) + 1
    text = text[:cut] + CARRIER.sub(" ", text[cut:])
    bare = "".join(map(_folded, unprinted(text).split("\n"))).encode().translate(None, ASCII_SIGNS)
    bare = bare if bare.isascii() else "".join(WORDS.findall(bare.decode())).encode()
    return hashlib.sha256(bare).hexdigest()


def _folded(line: str) -> str:
    """Fold case and width: by lines, because most have nothing wide, and to look for it takes longest."""
    return (line if line.isascii() else unicodedata.normalize("NFKC", line)).casefold()
