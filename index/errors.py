"""Every error that searching raises on purpose, drawn as one tree.

::

    SearchError
    ├── QueryError      the question cannot be asked as it is written
    ├── UsageError      an option, a name or a command that makes no sense, alone or with another
    ├── EngineError     the index is missing, locked, damaged or foreign
    ├── SavedError      the saved searches cannot be read or written
    └── NotifyError     releases could not be handed on
"""

from typing import Final

from index.width import around

#: Cells of a question that are shown round a mistake: a line of the narrowest common terminal.
SHOWN: Final = 76


class SearchError(Exception):
    """Base of all errors that searching raises on purpose."""


class QueryError(SearchError):
    """The question cannot be asked as it is written.

    Attributes:
        text: the question as typed.
        at: offset of the first wrong character in ``text``.
        reason: one sentence, lower case, that names the part and the way out.
    """

    def __init__(self, text: str, at: int, reason: str) -> None:
        shown, column = around("".join(sign if sign.isprintable() else " " for sign in text), at, SHOWN)
        super().__init__(f"{reason}\n  {shown}\n  {' ' * column}^" if text else reason)
        self.text = text
        self.at = at
        self.reason = reason


class EngineError(SearchError):
    """The index cannot be opened, read or written; the message names the folder and the way out."""


class UsageError(SearchError):
    """The command line asks what cannot be; the message names the option or word, and the way out."""


class SavedError(SearchError):
    """The saved searches cannot be read or written; the message says which."""


class NotifyError(SearchError):
    """Releases could not be handed to an address, a program or a browser; the message names it."""
