"""A dozen invented announcements, and changes made of them, for every test of the index."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from crawler.model import Certainty, Change, ChangeKind, Published, Release

SEEN = datetime(2026, 1, 5, 8, tzinfo=UTC)


def release(
    name: str,
    title: str,
    body: str,
    *,
    day: str | None = "2024-03-05",
    source: str = "acme",
    language: str | None = "en",
    certainty: Certainty = "stated",
) -> Release:
    published = Published(date.fromisoformat(day), None, "test", certainty) if day else None
    url = f"https://{source}.example/news/{name}"
    return Release(
        name, source, url, title, None, published, body, (), language, f"{name:0>64}", (), SEEN, SEEN
    )  # fmt: skip


def change(number: int, release: Release, kind: ChangeKind = "new", version: int = 1) -> Change:
    return Change(number, kind, release, version, SEEN + timedelta(hours=number))


def numbered(releases: Sequence[Release]) -> list[Change]:
    return [change(number, one) for number, one in enumerate(releases, 1)]


CARBON = release(
    "carbon",
    "Acme announces carbon neutrality by 2030",
    "Acme Corp. (NYSE: A) today announced a plan. The companies agreed on carbon-neutral steel.\n\n"
    "The U.S. government paid $3.2bn, or 12.5%, for COVID-19 relief in its Form 10-K.",
    day="2021-08-27",
)
TAKEOVER = release(
    "takeover",
    "Bolt & Nut completes takeover of Müller GmbH",
    "Bolt & Nut paid 1,250,000 euros. Neutrality of the carbon market was not discussed. C++ was.",
    day="2024-03-05",
    source="bolt",
)
GERMAN = release(
    "zahlen",
    "Größere Häuser, höhere Umsätze: Quartalsergebnisse",
    "Die Ergebnisse der Gesellschaft übertreffen das Vorjahr. Der Umsatz stieg um 12,5 %.",
    day="2024-05-14",
    source="haus",
    language="de",
)
FRENCH = release(
    "resultats",
    "Résultats annuels : chiffre d'affaires en hausse",
    "L'entreprise a annoncé des bénéfices élevés. Les actionnaires sont informés.",
    day="2024-06-30",
    source="maison",
    language="fr",
)
CHINESE = release(
    "songjiang",
    "上海松江区投资公司发布2021年度报告",
    "公司在松江区举行新闻发布会，宣布A股上市计划。",
    day="2021-08-27",
    source="sep",
    language="zh",
    certainty="mentioned",
)
UNDATED = release("undated", "Acme says nothing", "No day is given for this plan.", day=None, language=None)
SHORT = release("short", "T", "a", day="2024-03-31", certainty="dateline")
EMPTY = release("empty", "Acme photo gallery", "", day="2025-01-01", source="bolt")
ALL = (CARBON, TAKEOVER, GERMAN, FRENCH, CHINESE, UNDATED, SHORT, EMPTY)


def revised(one: Release, **changed: str) -> Release:
    return replace(one, **changed)  # type: ignore[arg-type]
