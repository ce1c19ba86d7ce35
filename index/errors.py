"""Every error that searching raises on purpose, drawn as one tree.

::

    SearchError
    ├── QueryError      the question cannot be asked as it is written
    ├── EngineError     the index is missing, locked, damaged or foreign
    ├── SavedError      the saved searches cannot be read or written, or a name is none
    └── NotifyError     new releases could not be handed on
"""

from unicodedata import east_asian_width


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
        shown = "".join(sign if sign.isprintable() else " " for sign in text)
        column = sum(1 + (east_asian_width(sign) in "WF") for sign in shown[:at])
        super().__init__(f"{reason}\n  {shown}\n  {' ' * column}^")
        self.text = text
        self.at = at
        self.reason = reason


class EngineError(SearchError):
    """The index cannot be opened, read or written; the message names the folder and the way out."""


class SavedError(SearchError):
    """The saved searches cannot be read or written, or a name is none of them; the message says which."""


class NotifyError(SearchError):
    """New releases could not be handed to an address or a program; the message names it."""
