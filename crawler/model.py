"""The nouns of the crawler: frozen values, one comment line a field; they decide and do nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

#: How sure a date of publication is: printed or in metadata; in the dateline; only in running text.
Certainty = Literal["stated", "dateline", "mentioned"]

#: How a source is read: ``auto`` looks at the answer; the others insist, a platform's name on its answers.
Way = Literal[
    "auto",
    "feed",
    "sitemap",
    "listing",
    "aem",
    "cision",
    "drupal",
    "eqs",
    "equisolve",
    "globenewswire",
    "mfn",
    "nextjs",
    "nir",
    "prnewswire",
    "q4",
    "wordpress",
]

#: Order of an all-digits date: day first (03.11.2026) or month first (11/03/2026).
DateOrder = Literal["dmy", "mdy"]

ChangeKind = Literal["new", "revised", "withdrawn"]

#: The newsroom was read; it was as it was before, whatever else was asked for; it could not be read.
VisitOutcome = Literal["ok", "unchanged", "failed"]

#: What kind of trouble ended a visit: refused (401, 403, 429, robots.txt, a challenge), another site
#: answered, 404 or 410, no usable answer, an answer that is no newsroom.
Fault = Literal["blocked", "moved", "gone", "unreachable", "unreadable"]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a week in which a source may be visited."""

    #: Weekdays on which they begin, Monday is 0; in order, without a gap.
    days: tuple[int, ...]
    #: Minutes after midnight.
    opens_m: int
    #: Minutes after midnight; not above ``opens_m`` where they go on past it.
    closes_m: int
    #: IANA zone; None takes the source's.
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One newsroom to follow, as the configuration names it."""

    #: Unique name within the configuration: lower-case letters, digits, ``-`` and ``_``.
    name: str
    #: Address of the newsroom: a listing page, a feed, a sitemap or a platform's interface; http or https.
    url: str
    #: How the answer is read.
    way: Way = "auto"
    #: Seconds between two visits; None follows the source's own rhythm.
    every_s: int | None = None
    #: Seconds between two requests to this host; None takes the general setting.
    delay_s: float | None = None
    #: Order of this source's all-digits dates; None when not known.
    date_order: DateOrder | None = None
    #: IANA zone of this source's printed hours, as ``America/New_York``; None when not known.
    zone: str | None = None
    #: When it may be visited; None at any time.
    hours: Hours | None = None
    #: Least seconds between two visits that follow its rhythm.
    soonest_s: int = 10 * 60
    #: Most seconds between two visits that follow its rhythm.
    latest_s: int = 86_400
    #: Address of the same newsroom as people see it, to go back to where ``url`` ends or breaks; None when
    #: ``url`` is that page, or when none is known.
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """What was learned of a source from its own pages, passed to the readers as a value."""

    #: Spellings of the site's name that its titles end or begin with.
    site_names: tuple[str, ...] = ()
    #: Order of all-digits dates; None when not known.
    date_order: DateOrder | None = None
    #: IANA zone of printed hours; None when not known.
    zone: str | None = None
    #: When they were last learned; None when never.
    learned: datetime | None = None
    #: When the first page came that they hold for; None when they hold from the beginning.
    since: datetime | None = None
    #: Those of the pages before, where a newer page says otherwise.
    before: "Habits | None" = None


@dataclass(frozen=True, slots=True)
class Published:
    """When a release was published, and why we think so."""

    #: Calendar day in the source's own zone.
    day: date
    #: The instant, aware UTC; None when only a day is known.
    moment: datetime | None
    #: What gave it, as ``json-ld datePublished`` or ``printed near headline``; for people.
    rule: str
    #: How sure it is.
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Link:
    """One announcement that a newsroom points to."""

    #: Absolute address as the page gives it, fragment dropped.
    url: str
    #: Headline as the listing or feed gives it; None when it gives none.
    title: str | None = None
    #: Date as the listing or feed gives it; None when it gives none.
    published: Published | None = None
    #: The body in HTML where a feed or API carries the whole release; None otherwise.
    html: str | None = None
    #: The platform's own id with the platform's name before it, as ``q4:901``; None when there is none.
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What one page of a newsroom points to."""

    #: How the page was read: ``feed``, ``sitemap``, ``listing`` or a platform's name.
    way: str
    #: Announcements in the order of the page, each address once.
    links: tuple[Link, ...]
    #: Address of the next (older) page; None at the end or where there is no pager.
    next_page: str | None = None
    #: Further sitemaps or feeds that this page points to, to be read the same way.
    more: tuple[str, ...] = ()
    #: One sentence when the page was read but looks wrong (``needs scripts``); None otherwise.
    warning: str | None = None
    #: Addresses of the same list for other years, the newest first; only for going back.
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One answer with a body, as received."""

    #: The address asked for.
    url: str
    #: The address that answered, after redirects.
    final_url: str
    #: HTTP status; 200 to 299.
    status: int
    #: Header names in lower case with their values, in the order received.
    headers: tuple[tuple[str, str], ...]
    #: The body as received, content encoding undone, character encoding not.
    body: bytes
    #: When the answer was complete; aware UTC.
    fetched: datetime

    def header(self, name: str) -> str | None:
        """Give the first value of a header by its lower-case name, or None."""
        return next((value for key, value in self.headers if key == name), None)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The site says that its page is still the one we have (304)."""

    #: The address asked for.
    url: str
    #: When the answer came; aware UTC.
    fetched: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled stretch of a release's body; parts do not overlap and are never cut out."""

    #: ``dateline``, ``about``, ``contact``, ``forward-looking``, ``end mark``, ``attribution`` …
    label: str
    #: Offset of the first character in the body.
    start: int
    #: Offset behind the last character.
    end: int


@dataclass(frozen=True, slots=True)
class Release:
    """One announcement as it was read from one page."""

    #: Stable for ever: the platform's id, else the canonical address.
    id: str
    #: Name of the source it came by.
    source: str
    #: Canonical address of the page.
    url: str
    #: The headline alone.
    title: str
    #: Sub-headline; None when the page has none.
    subtitle: str | None
    #: None beats a guess.
    published: Published | None
    #: The announcement as text: one block a line pair, list items and table rows as lines.
    body: str
    #: Labelled stretches of the body, in order.
    parts: tuple[Part, ...]
    #: BCP 47 primary language subtag, as ``de``; None when the text is too short to tell.
    language: str | None
    #: SHA-256 (hex) of the folded text of title and body, the same for copies.
    digest: str
    #: Sentences about what looked wrong on the page, for people.
    warnings: tuple[str, ...]
    #: When a page with this release was first received; aware UTC.
    seen_first: datetime
    #: When it was last received; aware UTC.
    seen_last: datetime


@dataclass(frozen=True, slots=True)
class Trace:
    """What is left of a release when only the course of its source is asked for."""

    #: Canonical address of its page.
    url: str
    title: str
    #: Day of publication; None when not known.
    day: date | None
    #: Instant of publication, aware UTC; None when only a day is known.
    moment: datetime | None
    #: When it was first received; aware UTC.
    seen: datetime
    #: Length of its body in characters.
    size: int


@dataclass(frozen=True, slots=True)
class Change:
    """One numbered row of the archive's history."""

    #: Position in the history, from 1, never reused.
    number: int
    kind: ChangeKind
    #: The release as it is after this change; for ``withdrawn`` as it was last seen.
    release: Release
    #: Version of the release after this change, from 1.
    version: int
    #: When the change was recorded; aware UTC.
    at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit to one source brought."""

    #: Name of the source.
    source: str
    #: Aware UTC.
    started: datetime
    #: Aware UTC.
    ended: datetime
    outcome: VisitOutcome
    #: How the newsroom was read: ``feed``, ``sitemap``, ``listing``; None when it was not.
    way: str | None = None
    #: Distinct links the newsroom showed.
    found: int = 0
    #: Links whose releases were known before.
    known: int = 0
    new: int = 0
    revised: int = 0
    withdrawn: int = 0
    #: Links that gave no release.
    failed: int = 0
    #: Requests sent, robots.txt included.
    requests: int = 0
    #: One sentence on what went wrong, or None.
    note: str | None = None
    #: The kind of trouble behind ``note``; None when there was none or its kind is not known.
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that is not well, and for how long."""

    source: str
    #: What state it is in; a word of the crawler's health.
    state: str
    #: One sentence.
    evidence: str
    #: Start of the first visit that showed it; aware UTC.
    since: datetime
    #: Visits in a row that showed it.
    visits: int
    #: Start of the last of them; aware UTC.
    latest: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that somebody is told, once by each way."""

    #: Names the thing, the same whenever it is made: ``change 17``.
    subject: str
    #: ``new``, ``revised``, ``withdrawn``, ``trouble`` or ``over``.
    kind: str
    source: str
    #: A headline, or the sentence itself.
    title: str
    #: Address of the release or the newsroom.
    url: str
    #: When it happened; aware UTC.
    at: datetime
    #: Day of the release's publication; None for trouble, and where none is known.
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """One address that is to be fetched, taken from the archive's queue by one worker for a while."""

    source: str
    #: What the newsroom said of it.
    link: Link
    #: How often it was taken, this time included; one that a kill or a crash ended counts.
    attempts: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a release was, or could not be, read from; it can be read anew without a request."""

    source: str
    link: Link
    #: The latest answer of the link's address; None for a release that came whole in ``link.html``.
    page: Page | None
    #: Id of the release that the address leads to; None when it leads to none.
    release: str | None = None
