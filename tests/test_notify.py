"""Being told: what is worth telling is told at least once, and nothing else suffers when it cannot be."""

import hashlib
import hmac
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import feedparser
import pytest

from crawler.archive import Archive
from crawler.commands import notify
from crawler.config.toml import load
from crawler.errors import ConfigError, DeliveryError
from crawler.health.judge import Health
from crawler.model import Change, Notice, Published, Source, Trouble
from crawler.notify import mail, outbox, webhook
from crawler.notify.channel import AtomFile, Channel, Mail, Program, Webhook
from crawler.notify.decide import after_visit, of_changes, of_trouble
from crawler.notify.message import headline, payload, text
from tests.commands import Shell
from tests.makers import START, later, make_release, make_visit
from tests.newsroom import Newsroom
from tests.notices import HookServer, MailServer, serving

ACME = Source("acme", "https://acme.example/news")
DESK = Channel("desk", AtomFile("desk.xml"))
ILL, WELL = Health("broken", "no link on the last 2 visits"), Health("ok", "fine")


def change(number: int, kind: str = "new", **changed: object) -> Change:
    release = make_release(number, **changed)
    return Change(number, kind, release, 1, START)  # type: ignore[arg-type]


def notice(number: int = 1, kind: str = "new") -> Notice:
    return Notice(f"change {number}", kind, "acme", f"Story {number}", f"https://a.example/{number}", START)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


class Postman:
    """Takes notices, or refuses them."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refuses = False
        self.asked = 0

    def __call__(self, channel: Channel, notices: Sequence[Notice]) -> None:
        self.asked += 1
        if self.refuses:
            raise DeliveryError(f"{channel.name}: nobody is at home")
        self.taken += [one.subject for one in notices]


def nothing(channel: Channel, since: int) -> frozenset[str]:
    raise AssertionError((channel, since))


def round_of(archive: Archive, postman: Postman, at: datetime, channel: Channel = DESK) -> None:
    outbox.note_changes(channel, archive, at, nothing)
    outbox.deliver(channel, archive, at, postman)


@pytest.mark.parametrize(
    ("channel", "one", "is_told"),
    [
        pytest.param(DESK, change(1), True, id="new"),
        pytest.param(DESK, change(1, "withdrawn"), True, id="withdrawn"),
        pytest.param(replace(DESK, what=("new",)), change(1, "revised"), False, id="not asked for"),
        pytest.param(replace(DESK, sources=("beta",)), change(1), False, id="another source"),
        pytest.param(replace(DESK, sources=("acme",)), change(1), True, id="its source"),
        pytest.param(DESK, change(1, published=None), True, id="without a date"),
        pytest.param(
            DESK, change(1, published=Published(date(2026, 2, 1), None, "", "stated")), False, id="old"
        ),
        pytest.param(
            DESK,
            change(1, "revised", published=Published(date(2026, 2, 1), None, "", "stated")),
            True,
            id="an old one revised",
        ),
    ],
)
def test_a_channel_is_told_of_what_it_asked_for(channel: Channel, one: Change, is_told: bool) -> None:
    assert len(of_changes(channel, [one], None)) == is_told


def test_a_saved_search_chooses_releases() -> None:
    found = frozenset({make_release(2).id})
    assert [one.subject for one in of_changes(DESK, [change(1), change(2)], found)] == ["change 2"]


def test_trouble_is_counted_by_visits_and_each_visit_once() -> None:
    first, second = make_visit(started=START), make_visit(started=later(1))
    trouble = after_visit(None, ILL, first)
    assert trouble == Trouble("acme", "broken", ILL.evidence, START, 1, START)
    assert after_visit(trouble, ILL, first) == trouble
    again = after_visit(trouble, Health("blocked", "403"), second)
    assert again == Trouble("acme", "blocked", "403", START, 2, later(1))
    assert after_visit(again, WELL, second) is None
    assert after_visit(None, Health("quiet", ""), first) is None


@pytest.mark.parametrize(
    ("visits", "days", "ending"),
    [(2, 0, None), (3, 0, "0"), (4, 6.9, "0"), (4, 7, "1"), (90, 22, "3"), (3, -900, "0")],
    ids=["too few", "enough", "not yet again", "again", "and again", "clock set back"],
)
def test_trouble_is_told_after_some_visits_and_again_after_some_days(
    visits: int, days: float, ending: str | None
) -> None:
    trouble = Trouble("acme", "broken", "no links", START, visits, START)
    told = of_trouble(DESK, ACME, trouble, later(days=days))
    assert (told.subject.split()[-1] if told else None) == ending


def test_trouble_is_told_once_and_its_end_once(archive: Archive) -> None:
    postman = Postman()
    for visit in range(12):
        at = later(visit)
        archive.record_visit(make_visit(started=at, ended=at))
        outbox.note_health(ACME, ILL if 2 <= visit < 8 else WELL, [DESK], archive, at)
        round_of(archive, postman, at)
    assert postman.taken == [f"trouble acme {later(2).isoformat()} 0", f"over acme {later(2).isoformat()}"]
    assert archive.trouble("acme") is None


def test_the_end_of_trouble_nobody_was_told_of_is_not_told(archive: Archive) -> None:
    postman = Postman()
    for at, health in ((START, ILL), (later(1), WELL)):
        archive.record_visit(make_visit(started=at, ended=at))
        outbox.note_health(ACME, health, [DESK], archive, at)
        round_of(archive, postman, at)
    assert postman.taken == []


def test_a_new_channel_is_told_of_nothing_that_was_before(archive: Archive) -> None:
    postman = Postman()
    archive.record(make_release(1), at=START)
    round_of(archive, postman, START)
    archive.record(make_release(2), at=later(1))
    round_of(archive, postman, later(1))
    round_of(archive, postman, later(2))
    assert postman.taken == ["change 2"]


def test_what_cannot_be_delivered_is_tried_again_ever_later_and_in_order(archive: Archive) -> None:
    postman = Postman()
    round_of(archive, postman, START)
    archive.record(make_release(1), at=START)
    postman.refuses = True
    for hours in range(100):
        archive.record(make_release(hours + 2), at=later(hours))
        try:
            round_of(archive, postman, later(hours))
        except DeliveryError as error:
            assert "nobody is at home" in str(error)  # noqa: PT017 - at some hours it is not tried
    assert 10 < postman.asked < 30
    postman.refuses = False
    round_of(archive, postman, later(200))
    assert postman.taken == [f"change {number}" for number in range(1, 102)]


def test_a_clock_set_back_delays_no_delivery_for_long(archive: Archive) -> None:
    postman = Postman()
    round_of(archive, postman, later(days=900))
    archive.record(make_release(1), at=START)
    postman.refuses = True
    with pytest.raises(DeliveryError):
        round_of(archive, postman, later(days=900))
    postman.refuses = False
    round_of(archive, postman, START)
    assert postman.taken == ["change 1"]


def test_a_kill_between_delivery_and_its_note_costs_one_copy_at_most(archive: Archive) -> None:
    postman = Postman()
    round_of(archive, postman, START)
    archive.record(make_release(1), at=START)

    def die(channel: Channel, notices: Sequence[Notice]) -> None:
        postman(channel, notices)
        raise KeyboardInterrupt

    outbox.note_changes(DESK, archive, START, nothing)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(DESK, archive, START, die)
    round_of(archive, postman, later(1))
    round_of(archive, postman, later(2))
    assert postman.taken == ["change 1", "change 1"]


def test_messages_are_for_people_and_programs() -> None:
    many = [notice(1), notice(2), notice(3, "revised"), replace(notice(4, "trouble"), title="acme is broken")]
    assert headline(many) == "Pressdex: 2 new, 1 revised, 1 trouble"
    assert headline([notice(1)]) == "Pressdex: acme: Story 1"
    assert text(many).startswith("Trouble\n\n  acme is broken\n")
    told = json.loads(payload("desk", many))
    assert (told["version"], told["channel"], told["notices"][0]["id"]) == (1, "desk", "change 1")
    assert "… and 100 more" in text([notice(number) for number in range(200)])


def test_a_title_can_inject_no_header_and_no_line() -> None:
    evil = replace(notice(), title="News\r\nBcc: all@example.org\x1b[2J")
    made = mail.message(Mail(("a@x.example",), "b@x.example", "x", 25, False, None, None), [evil], START)  # noqa: FBT003
    assert made["Bcc"] is None
    assert "\n" not in str(made["Subject"])
    assert "\x1b" not in text([evil])


def test_a_mail_is_handed_over() -> None:
    with serving(MailServer()) as server:
        way = Mail(("a@x.example",), "b@x.example", "127.0.0.1", server.server_address[1], False, None, None)  # noqa: FBT003
        mail.send(way, [notice()], START, None)
        assert "Subject: Pressdex: acme: Story 1" in server.taken[0]
        server.refuses = True
        with pytest.raises(DeliveryError, match="mail server 127"):
            mail.send(way, [notice()], START, None)
        server.refuses = False
        with pytest.raises(DeliveryError, match="offers no TLS, so no password is sent"):
            mail.send(replace(way, user="me"), [notice()], START, "secret")


def test_a_webhook_gets_json_that_is_signed() -> None:
    body = payload("desk", [notice()])
    with serving(HookServer()) as server:
        webhook.post(server.url, body, "secret")
        [(headers, taken)] = server.taken
        assert taken == body
        signed = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
        assert headers["X-Pressdex-Signature"] == f"sha256={signed}"
        for status in (302, 500):
            server.status = status
            with pytest.raises(DeliveryError, match=str(status)):
                webhook.post(server.url, body, None)
        server.hangs = True
        with pytest.raises(DeliveryError, match="not done within"):
            notify._within(lambda: webhook.post(server.url, body, None), "webhook", 0.2)
        server.released.set()
    with pytest.raises(DeliveryError, match="refused"):
        webhook.post(server.url, body, None)


@pytest.mark.parametrize(
    ("keys", "way"),
    [
        (
            'mail = "a@x.example,b@x.example"\nsmtp = "smtps://x.example"\nuser = "me"\npassword_env = "P"',
            Mail(("a@x.example", "b@x.example"), "a@x.example", "x.example", 465, True, "me", "P"),  # noqa: FBT003
        ),
        ('webhook = "https://x.example/h"\nsecret_env = "S"', Webhook("https://x.example/h", "S")),
        ('atom = "news.xml"', AtomFile("news.xml")),
        ("command = 'notify --from \"a b\"'", Program(("notify", "--from", "a b"))),
    ],
    ids=["mail", "webhook", "atom", "command"],
)
def test_each_way_is_read(keys: str, way: object) -> None:
    more = 'what = ["trouble", "new"]\nafter = 5\nagain = "2d"\nsearch = "rivals"\n'
    [channel] = load(f'[[notify]]\nname = "desk"\n{more}{keys}\n', "sources.toml").channels
    assert channel == Channel("desk", way, ("new", "trouble"), (), "rivals", 5, 172_800)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("", "no way to tell is given; give one of mail, webhook, atom, command"),
        ('mial = "a@x.example"', "unknown key 'mial'; did you mean 'mail'?"),
        ('atom = "a"\ncommand = "b"', "'atom' and 'command' are given; give one of"),
        ('webhook = "https://u:p@x.example/"', "is not an address without a password"),
        (
            'mail = "a@x.example"\nsmtp = "smtp://x"\nuser = "me"',
            "'password_env' is not given: None; 'user' and",
        ),
        ('atom = "a"\nsmtp = "smtp://x"', "unknown key 'smtp'"),
        ('mail = "nobody"\nsmtp = "smtp://x"', "'mail' is not an e-mail address: 'nobody'"),
        ('mail = "a@x.example"', "'smtp' is not a mail server: None"),
        ('mail = "a@x.example"\nsmtp = "http://x"', "'smtp' is not a mail server"),
        ('webhook = "ftp://x"', "'webhook' is not a web address"),
        ("command = '\"'", "'command' is not a command line"),
        ('atom = "a"\nwhat = ["all"]', "'what' is not a list of new, revised, withdrawn, trouble"),
        ('atom = "a"\nafter = 0', "'after' is not a number of visits"),
        ('atom = "a"\nagain = "1s"', "'again' is not between 1h and 366d"),
        ('atom = "a"\nsources = ["acme"]', "'sources' names 'acme', which is no source"),
    ],
)
def test_a_channel_that_cannot_be_used_is_named_with_its_way_out(keys: str, says: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(f'[[notify]]\nname = "desk"\n{keys}\n', "sources.toml")
    assert str(caught.value).startswith("sources.toml: notify 'desk': ")
    assert says in str(caught.value)


@pytest.fixture
def told(shell: Shell, newsroom: Newsroom, tmp_path: Path) -> Shell:
    """Give a shell whose run tells a file, a feed and a hook that is down, and that was run once."""
    program = tmp_path / "take.py"
    program.write_text(
        f"import sys; open({str(tmp_path / 'told')!r}, 'ab').write(sys.stdin.buffer.read() + b'\\n')"
    )
    shell.configure(
        f'[[source]]\nname = "halden"\nurl = "{newsroom.url}/halden/news/"\n'
        f'[[notify]]\nname = "file"\ncommand = "{sys.executable} {program}"\n'
        '[[notify]]\nname = "feed"\natom = "told.xml"\n'
        '[[notify]]\nname = "rivals"\natom = "rivals.xml"\nsearch = "rivals"\n'
        '[[notify]]\nname = "down"\nwebhook = "http://127.0.0.1:9/"\n'
    )
    shell("press-crawl", "run")
    return shell


def test_a_new_release_is_told_by_every_way_and_a_hook_that_is_down_fails_nothing(
    told: Shell, newsroom: Newsroom, tmp_path: Path
) -> None:
    assert told("press-search", "save", "rivals", "zymurgometer").code == 0
    told("press-crawl", "run", "halden")
    body = ["LOOPBACK, November 4, 2025 – Halden Instruments today presented a new device."]
    today = datetime.now().astimezone().date()
    newsroom.publish("halden", "zymurgometer", "Halden presents the zymurgometer", body, day=today)
    newsroom.publish("halden", "other", "Halden presents something else", body, day=today)
    said = told("press-crawl", "run", "halden")
    assert said.code == 0
    assert "notify 'down'" in said.err
    assert "it is tried again" in said.err
    heard = [json.loads(line) for line in (tmp_path / "told").read_bytes().splitlines()]
    titles = {one["title"] for told_once in heard for one in told_once["notices"]}
    assert titles == {"Halden presents the zymurgometer", "Halden presents something else"}
    entries = feedparser.parse((told.home / "told.xml").read_bytes()).entries
    assert {entry.title for entry in entries} == titles
    rivals = feedparser.parse((told.home / "rivals.xml").read_bytes()).entries
    assert [entry.title for entry in rivals] == ["Halden presents the zymurgometer"]


def test_a_saved_search_that_is_not_there_is_said_and_nothing_is_lost(
    told: Shell, newsroom: Newsroom
) -> None:
    body = ["LOOPBACK, November 4, 2025 – Halden Instruments today presented a new device."]
    today = datetime.now().astimezone().date()
    newsroom.publish("halden", "zymurgometer", "Halden presents the zymurgometer", body, day=today)
    said = told("press-crawl", "run", "halden")
    assert said.code == 0
    assert "no search is saved as 'rivals'" in said.err
    told("press-search", "save", "rivals", "zymurgometer")
    told("press-crawl", "run", "halden")
    assert len(feedparser.parse((told.home / "rivals.xml").read_bytes()).entries) == 1


def test_trouble_is_counted_on_after_the_clock_was_set_back() -> None:
    before = Trouble("acme", "broken", "", later(days=900), 2, later(days=900))
    after = after_visit(before, ILL, make_visit(started=START))
    assert after
    assert after.visits == 3
    again = after_visit(after, ILL, make_visit(started=START))
    assert again
    assert again.visits == 3
