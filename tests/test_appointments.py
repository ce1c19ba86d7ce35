"""Appointments: each source is taken once when it is due, and asked for anew only when something happened."""

from datetime import datetime, timedelta

from crawler.model import Source
from crawler.schedule.appointments import BREATH, Appointments
from tests.makers import START, later

ACME, BETA = Source("acme", "https://acme.example/"), Source("beta", "https://beta.example/")


class Diary:
    """When each source is due, and how often that was asked."""

    def __init__(self, **hours: float) -> None:
        self.times = {name: later(at) for name, at in hours.items()}
        self.asked = 0
        self.rests: dict[str, datetime] = {}

    def rest_ends(self, source: Source, now: datetime) -> datetime | None:
        until = self.rests.get(source.name, now)
        return until if until > now else None

    def __call__(self, source: Source, now: datetime) -> datetime:
        self.asked += 1
        return min(self.times[source.name], now + timedelta(days=1))


def following(diary: Diary, *sources: Source) -> Appointments:
    appointments = Appointments(diary, diary.rest_ends)
    appointments.follow(sources, START)
    return appointments


def test_what_is_due_is_taken_once_longest_due_first() -> None:
    appointments = following(Diary(acme=2, beta=1), ACME, BETA)
    assert appointments.take(START, 9) == []
    assert appointments.next() == later(1)
    assert appointments.take(later(3), 9) == [BETA, ACME]
    assert appointments.take(later(4), 9) == []
    assert appointments.next() is None
    assert appointments.out == 2


def test_no_more_are_taken_than_there_is_room_for() -> None:
    appointments = following(Diary(acme=0, beta=0), ACME, BETA)
    assert appointments.take(START, 0) == []
    assert len(appointments.take(START, 1)) == 1
    assert len(appointments.take(START, 1)) == 1


def test_a_source_that_is_back_is_due_when_it_is_due_and_never_at_once() -> None:
    diary = Diary(acme=0)
    appointments = following(diary, ACME)
    appointments.take(START, 9)
    appointments.back("acme", START)
    assert appointments.next() == START + BREATH
    diary.rests["acme"] = later(5)
    assert appointments.take(START + BREATH, 9) == []  # its host asked for a rest meanwhile
    assert appointments.next() == later(5)
    assert appointments.take(later(5), 9) == [ACME]


def test_a_source_whose_host_rests_takes_no_place_from_another() -> None:
    diary = Diary(acme=0, beta=1)
    appointments = following(diary, ACME, BETA)
    diary.rests["acme"] = later(9)
    assert appointments.take(later(2), 1) == [BETA]


def test_a_clock_set_back_is_noticed() -> None:
    diary = Diary(acme=2)
    appointments = following(diary, ACME)
    assert appointments.take(later(1), 9) == []
    diary.times["acme"] = later(days=-800, hours=2)
    assert appointments.take(later(days=-800), 9) == []
    assert appointments.next() == later(days=-800, hours=2)


def test_a_changed_configuration_asks_only_for_what_changed() -> None:
    diary = Diary(acme=1, beta=2, gamma=3)
    appointments = following(diary, ACME, BETA)
    asked = diary.asked
    appointments.follow([ACME, Source("gamma", "https://gamma.example/")], START)
    assert diary.asked == asked + 1
    assert appointments.take(later(9), 9)[0] == ACME
    appointments.back("beta", later(9))  # left the configuration while it was visited
    assert appointments.next() is None


def test_after_trouble_nothing_is_due_for_a_while() -> None:
    appointments = following(Diary(acme=0, beta=7), ACME, BETA)
    appointments.put_off(later(3))
    assert appointments.next() == later(3)
    assert appointments.take(later(2), 9) == []
