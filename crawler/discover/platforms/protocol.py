"""What every platform's file offers.  A platform is a module; this is the type that all of them have."""

from typing import Protocol

from crawler.model import Habits, Listing, Page


class Platform(Protocol):
    """One way in which many newsrooms publish."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """The platform's name, as listings and identities carry it."""

    def first(self, page: Page) -> str | None:
        """Give the first address to ask for the newsroom of ``page``; None when it is not of this platform.

        Its answer may give no links but a ``next_page``, where sections must be asked for first.
        """

    def owns(self, page: Page) -> bool:
        """Say whether ``page`` is an answer that :meth:`read` knows."""

    def widest(self, url: str) -> str:
        """Give the address that asks for as much at once as the platform allows, for backfill."""

    def read(self, page: Page, habits: Habits) -> Listing:
        """List the announcements of one answer; ``next_page`` is the next request.

        Raises:
            ShapeChanged: the answer differs from what is known of the platform.
        """
