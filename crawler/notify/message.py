"""Write notices for people and for programs.  Pure."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from crawler.model import Notice

VERSION: Final = 1  # of the JSON; a field may be added, none changes its meaning
MOST_LINES: Final = 100  # of one message: more is read by nobody
LONGEST_SUBJECT: Final = 150  # characters; mail programs cut after some eighty

#: Kind → how a heading calls several of them.
HEADINGS: Final = {
    "new": "New",
    "revised": "Revised",
    "withdrawn": "Withdrawn",
    "trouble": "Trouble",
    "over": "Well again",
}


def headline(notices: Sequence[Notice]) -> str:
    """Sum notices up in one line: one by itself, more by their numbers."""
    if len(notices) == 1:
        [only] = notices
        words = only.title if only.kind in {"trouble", "over"} else f"{only.source}: {only.title}"
    else:
        counts = Counter(notice.kind for notice in notices)
        words = ", ".join(f"{counts[kind]} {kind}" for kind in HEADINGS if counts[kind])
    return _on_one_line(f"Pressdex: {words}")[:LONGEST_SUBJECT]


def text(notices: Sequence[Notice]) -> str:
    """Write notices for people, by kind, trouble first."""
    lines: list[str] = []
    for kind in sorted(HEADINGS, key=lambda kind: kind not in {"trouble", "over"}):
        of_kind = [notice for notice in notices if notice.kind == kind]
        if of_kind:
            lines += [HEADINGS[kind], ""]
            for notice in of_kind[:MOST_LINES]:
                lines += [f"  {_title(notice)}", f"  {notice.url}", ""]
            if len(of_kind) > MOST_LINES:
                lines += [f"  … and {len(of_kind) - MOST_LINES} more", ""]
    return "\n".join(lines)


def payload(channel: str, notices: Sequence[Notice]) -> bytes:
    """Write notices as JSON; ``id`` tells a program what it has been told before."""
    document = {"version": VERSION, "channel": channel, "notices": [_plain(notice) for notice in notices]}
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _title(notice: Notice) -> str:
    if notice.kind in {"trouble", "over"}:
        return _on_one_line(notice.title)
    day = f"{notice.day}  " if notice.day else ""
    return _on_one_line(f"{day}{notice.source}: {notice.title}")


def _plain(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.subject,
        "kind": notice.kind,
        "source": notice.source,
        "title": notice.title,
        "url": notice.url,
        "at": notice.at.isoformat(),
        "day": notice.day.isoformat() if notice.day else None,
    }


def _on_one_line(words: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())
