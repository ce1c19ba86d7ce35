"""Names of pages that stand in place of another are told from headlines."""

import pytest

from crawler.extract.refusal.walls import called, says

CALLED: dict[str, str] = {
    "404 - Page not found | Acme": "gone",
    "Error 404 (Not Found)!!1": "gone",
    "404": "gone",
    "The requested URL was not found on this server.": "gone",
    "Oops! We can’t seem to find the page": "gone",
    "This article is no longer available": "gone",
    "Fehler 404 – Diese Seite gibt es nicht": "gone",
    "¡Ups! No encontramos la página": "gone",
    "Deze pagina bestaat niet meer": "gone",
    "找不到页面": "gone",
    "503 Service Unavailable": "unavailable",
    "We are currently performing scheduled maintenance": "unavailable",
    "Just a moment...": "blocked",
    "Attention Required! | Cloudflare": "blocked",
    "Access to this page has been denied": "blocked",
    "Zugriff verweigert": "blocked",
    "Datenschutz-Einstellungen": "consent",
    "Before you continue to Acme": "consent",
    "Log in | Acme": "login",
    "ログイン": "login",
    "Welcome to nginx!": "parked",
    "Apache2 Ubuntu Default Page: It works": "parked",
    "acme.com is for sale": "parked",
    "Redirecting...": "moved",
    "Contact us - Acme": "service",
    "Email Alerts": "service",
}
HEADLINES = (
    *("404 Festival opens in Berlin", "Access denied: report on digital exclusion", "Acme is for sale"),
    *("Acme changes its cookie policy", "Acme launches privacy center", "Forbidden fruit: a new beer"),
    *("Maintenance of Berlin bridge starts", "Security check at airports to be faster", "Searchlight"),
    *(
        "Acme moves to London",
        "Acme blocked from buying Zymo",
        "Newsletter 5/2026",
        "Acme registers record sales",
    ),
    *("Domain Group sells its unit", "Home | Products | News | Jobs | Search", "", "x" * 5_000),
)


@pytest.mark.parametrize(("name", "reason"), CALLED.items())
def test_a_name_tells_what_stands_in_place_of_a_page(name: str, reason: str) -> None:
    found = called(name)
    assert found is not None
    assert found[0] == reason


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda text: text[:40] or "empty")
def test_a_headline_tells_nothing_of_the_kind(headline: str) -> None:
    assert called(headline) is None


def test_a_text_without_an_excuse_says_nothing() -> None:
    assert says("Acme today opened a plant in Berlin, and the page of its history turns.") is None
