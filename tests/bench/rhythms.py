"""Invent when newsrooms publish: rhythms in the manner of real ones, deterministic by seed."""

import gzip
import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tests.shared import SHARED

FRIDAY: Final = 4
NEW_YORK, BERLIN, CHICAGO = "America/New_York", "Europe/Berlin", "America/Chicago"
ROUND: Final = (0, 0, 0, 15, 30, 30, 45)  # minutes that people choose
WIRE_HOURS: Final = {
    6: 3,
    7: 6,
    8: 9,
    9: 7,
    10: 4,
    11: 3,
    12: 2,
    13: 2,
    14: 2,
    15: 2,
    16: 7,
    17: 2,
    18: 1,
    20: 0.5,
}


class Calendar:
    """Some years of days, and chance."""

    def __init__(self, zone: str, first: date, last: date, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.days = [first + timedelta(days=ahead) for ahead in range((last - first).days)]
        self.zone = ZoneInfo(zone)

    def at(self, day: date, hour: int, minute: int | None = None) -> datetime:
        """Give an instant of a day; a minute that nobody names is round two times out of three."""
        if minute is None:
            minute = self.chance.choice((*ROUND, *(self.chance.randrange(60) for _ in range(3))))
        return datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)


def office(of: Calendar) -> Iterator[datetime]:
    """Publish once or twice a working day in office hours, and not at Christmas."""
    for day in of.days:
        if day.weekday() <= FRIDAY and not (day.month == 12 and day.day > 23):
            for _ in range(of.chance.choice((0, 1, 1, 1, 2, 3))):
                yield of.at(day, min(19, max(6, int(of.chance.gauss(11, 2.5)))))


def quarterly(of: Calendar) -> Iterator[datetime]:
    """Publish results four times a year with their date before and a burst around, and little else."""
    for day in of.days:
        if day.weekday() <= FRIDAY and of.chance.random() < 0.02:
            yield of.at(day, of.chance.choice((8, 9, 9, 16)))
        if (day.month % 3, day.day) == (1, 10):
            results = day + timedelta(days=of.chance.randrange(10, 18))
            results += timedelta(days=max(0, (results.weekday() > FRIDAY) * (7 - results.weekday())))
            yield of.at(results - timedelta(days=14), 8, 30)
            for hour, minute in ((7, 0), (7, 5), (16, 5)):
                yield of.at(results, hour, minute)
            for ahead in range(1, 5):
                follows = results + timedelta(days=ahead)
                if follows.weekday() <= FRIDAY and of.chance.random() < 0.6:
                    yield of.at(follows, of.chance.choice((8, 9, 16)))


def tuesdays(of: Calendar) -> Iterator[datetime]:
    """Publish on Tuesdays at ten, nine weeks out of ten, and now and then on a Thursday."""
    for day in of.days:
        if day.weekday() == 1 and of.chance.random() < 0.9:
            yield of.at(day, 10, of.chance.choice((0, 0, 0, 5, 10)))
        elif day.weekday() == 3 and of.chance.random() < 0.04:
            yield of.at(day, 14)


def wire(of: Calendar) -> Iterator[datetime]:
    """Publish for many firms: thousands a year, most in the reporting weeks, and one brings another."""
    for day in of.days:
        reporting = 2.5 if day.timetuple().tm_yday % 91 // 7 in {3, 4, 5} else 0.7
        mean = 7 * math.exp(of.chance.gauss(0, 0.6)) * reporting if day.weekday() <= FRIDAY else 0.5
        for _ in range(min(60, int(of.chance.expovariate(1 / mean)) if mean < 1 else round(mean))):
            at = of.at(day, *of.chance.choices(list(WIRE_HOURS), list(WIRE_HOURS.values())))
            yield at
            while of.chance.random() < 0.45:
                at += timedelta(minutes=of.chance.randrange(5, 90))
                yield at


def silent(of: Calendar) -> Iterator[datetime]:
    """Publish five times a year, on any working day."""
    for day in of.days:
        if day.weekday() <= FRIDAY and of.chance.random() < 5 / 260:
            yield of.at(day, of.chance.randrange(8, 18))


def summers(of: Calendar) -> Iterator[datetime]:
    """Publish twice a week, but nothing from mid-July to late August and around the year's end."""
    for day in of.days:
        is_away = (7, 14) <= (day.month, day.day) <= (8, 25) or (day.month, day.day) >= (12, 20)
        if day.weekday() <= FRIDAY and not is_away and of.chance.random() < 0.4:
            yield of.at(day, of.chance.randrange(9, 17))


def irregular(of: Calendar) -> Iterator[datetime]:
    """Publish after pauses of no usual length: mostly some days, now and then of two months and more."""
    day, last = of.days[0], of.days[-1]
    while (day := day + timedelta(days=min(75, max(1, round(of.chance.lognormvariate(1.8, 1.0)))))) <= last:
        if day.weekday() <= FRIDAY:
            yield of.at(day, of.chance.randrange(7, 20))


#: Name → its zone and when it publishes.
RHYTHMS: Final[dict[str, tuple[str, Callable[[Calendar], Iterator[datetime]]]]] = {
    "office hours": (BERLIN, office),
    "quarterly bursts": (NEW_YORK, quarterly),
    "Tuesdays": (NEW_YORK, tuesdays),
    "bursty wire": (NEW_YORK, wire),
    "near-silent": (CHICAGO, silent),
}


#: More of them, in which a healthy source may look like a dead one.
UNEVEN: Final[dict[str, tuple[str, Callable[[Calendar], Iterator[datetime]]]]] = {
    "quiet summers": ("Europe/Rome", summers),
    "irregular": (NEW_YORK, irregular),
}


def published(name: str, first: date, last: date, seed: int) -> list[datetime]:
    """Give when a source of a rhythm publishes between two days, in order."""
    zone, publish = (RHYTHMS | UNEVEN)[name]
    return sorted(publish(Calendar(zone, first, last, seed)))


def newswire(least: int = 30) -> dict[str, list[datetime]]:
    """Give the dates of the corpus beside the checkout by company, of those with enough; none without it."""
    path = SHARED / "corpus" / "newswire.jsonl.gz"
    if not path.is_file():
        return {}
    found: defaultdict[str, list[datetime]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for story in map(json.loads, lines):
            found[story["company"]].append(datetime.fromisoformat(story["date"]).replace(tzinfo=UTC))
    return {name: sorted(times) for name, times in found.items() if len(times) >= least}
