"""Seeing: how each source stands is told to people, to scripts and to Prometheus; it never fails a run."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.health.standing import Standing, delay_h
from crawler.metrics import text
from crawler.model import Trace
from tests.commands import Shell
from tests.makers import START, later, make_visit
from tests.newsroom import Newsroom

WELL = Standing(
    "acme",
    "ok",
    "newest release today",
    last=START,
    next=later(1),
    failures=0,
    waiting=3,
    new=2,
    revised=1,
    withdrawn=0,
    visits=90,
    failed=4,
    requests=120,
    newest=START.date(),
    delay_h=0.25,
)


@pytest.fixture
def crawled(shell: Shell, newsroom: Newsroom) -> Shell:
    shell.configure(
        f'[[source]]\nname = "sep"\nurl = "{newsroom.url}/sep/news/"\n'
        '[[source]]\nname = "dead"\nurl = "http://127.0.0.1:9/news"\n'
    )
    assert shell("press-crawl", "run").code == 3
    return shell


def test_status_tells_state_visits_and_sizes_of_each_source(crawled: Shell) -> None:
    lines = crawled("press-crawl", "status").out.splitlines()
    assert lines[1].split()[:2] in (["sep", "ok"], ["sep", "stale"], ["sep", "quiet"])
    assert lines[2].split()[:2] == ["dead", "unreachable"]
    assert lines[3].startswith("archive ")
    rows = {row["source"]: row for row in crawled("press-crawl", "status", "--json").json()["status"]}
    assert rows["sep"]["new"] > 3
    assert rows["dead"]["failures"] == 1
    assert rows["dead"]["next"] > rows["dead"]["last"]


def test_stats_count_everything(crawled: Shell) -> None:
    [stats] = crawled("press-crawl", "stats", "--json").json()["stats"]
    assert stats["archive"]["visits"] == 2
    assert stats["archive"]["archive_bytes"] > 10_000
    assert {row["source"]: row["failed"] for row in stats["sources"]} == {"sep": 0, "dead": 1}
    assert "releases" in crawled("press-crawl", "stats").out


def test_the_log_of_a_source_is_told_latest_first(crawled: Shell) -> None:
    crawled("press-crawl", "run", "sep")
    said = crawled("press-crawl", "log", "sep")
    first, second = said.out.splitlines()
    assert "unchanged" in first
    assert "new" in second
    assert len(crawled("press-crawl", "log", "sep", "--limit", "1", "--json").json()["visits"]) == 1
    assert crawled("press-crawl", "log", "nobody").code == 1


def test_a_run_writes_gauges_and_says_where_it_cannot(crawled: Shell, tmp_path: Path) -> None:
    file = tmp_path / "press.prom"
    crawled("press-crawl", "run", "sep", "--metrics", str(file))
    gauges = file.read_text(encoding="utf-8")
    assert 'pressdex_source_well{source="dead"} 0' in gauges
    assert "\npressdex_archive_bytes " in gauges
    said = crawled("press-crawl", "run", "sep", "--metrics", str(tmp_path / "no" / "press.prom"))
    assert said.code == 0
    assert "cannot be written" in said.err


def test_the_gauges_are_in_prometheus_own_form() -> None:
    lines = text(
        [WELL, replace(WELL, source="beta", last=None, delay_h=None)], [("changes", 7)], START
    ).splitlines()
    assert f'pressdex_source_last_visit_timestamp_seconds{{source="acme"}} {START.timestamp():.15g}' in lines
    assert 'pressdex_source_discovery_delay_hours{source="acme"} 0.25' in lines
    assert "pressdex_changes 7" in lines
    assert not any("beta" in line and "last_visit" in line for line in lines)
    types = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(types) == len(set(types))
    assert {line.partition("{")[0].split()[0] for line in lines if not line.startswith("#")} <= set(types)


def test_only_what_came_between_the_visits_tells_of_delay() -> None:
    def trace(published: float, seen: float) -> Trace:
        return Trace("", "", None, later(published), later(seen), 0)

    visits = [make_visit(started=later(hours)) for hours in (9, 5, 1)]
    assert delay_h([trace(2, 5), trace(6, 7), trace(-99, 1), trace(12, 9)], visits) == 2
    assert delay_h([replace(trace(2, 5), moment=None)], visits) is None
    assert delay_h([trace(2, 5)], []) is None


def test_events_are_logged_as_json(crawled: Shell) -> None:
    said = crawled("press-crawl", "-v", "--log-format", "json", "run", "sep")
    events = [json.loads(line) for line in said.err.splitlines() if line.startswith("{")]
    assert events
    assert all({"at", "level", "event"} <= event.keys() for event in events)
    assert any(event.get("url", "").endswith("/sep/news/") for event in events)
