"""The laws of the pages in a real browser: on a phone and a desk, in light and dark, by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.serve.browser import CHROMIUM, ENTER, TAB, Browser
from tests.serve.test_command import serving
from tests.serve.visitor import HOSTILE, PLANT

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium, as apt-get installs it")

PAGES = {
    "home": "",
    "found": "?q=plant",
    "wrong question": "?q=%22unclosed",
    "release": "release?" + urlencode({"id": PLANT.id}),
    "hostile": "release?" + urlencode({"id": HOSTILE.id}),
    "difference": "difference?" + urlencode({"id": PLANT.id}),
    "health": "health",
    "nowhere": "nowhere",
}

#: The texts whose contrast with what lies behind them is under 4.5 (WCAG 2.2, 1.4.3).
FAINT = r"""(() => {
  const numbers = colour => colour.match(/[\d.]+/g).map(Number);
  const linear = part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
  const light = ([red, green, blue]) =>
    .2126 * linear(red / 255) + .7152 * linear(green / 255) + .0722 * linear(blue / 255);
  const ground = element => {
    const colour = numbers(getComputedStyle(element).backgroundColor);
    return colour.length < 4 || colour[3] === 1 ? colour : ground(element.parentElement);
  };
  const holdsText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  const contrast = element => {
    const lights = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
    return (Math.max(...lights) + .05) / (Math.min(...lights) + .05);
  };
  return [...document.body.querySelectorAll("*")]
    .filter(element => holdsText(element) && !element.closest(".unseen") && contrast(element) < 4.5)
    .map(element => element.outerHTML.slice(0, 80));
})()"""

#: What has the focus, and whether a person sees it.
FOCUS = """(() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    text: one.textContent.trim(),
    tag: one.tagName.toLowerCase(),
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.left >= 0,
  };
})()"""

#: Lengths of the bars of the first kind.
LENGTHS = """[...document.querySelector('.bars').querySelectorAll('rect')]
  .map(one => one.getBoundingClientRect().width)"""

#: What a finger would miss (WCAG 2.2, 2.5.8).
SMALL = """[...document.querySelectorAll('button, input:not([type=hidden]), select, nav a, .bars a')]
  .filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def site(filled: Path) -> Iterator[str]:
    with serving(filled) as (address, _):
        yield address


@pytest.mark.parametrize("target", PAGES.values(), ids=PAGES.keys())
def test_a_page_fits_its_screen_and_can_be_read_in_light_and_dark(
    browser: Browser, site: str, target: str
) -> None:
    for width, dark in ((320, False), (320, True), (1280, False), (1280, True)):
        browser.screen(width=width, dark=dark)
        browser.open(site + target)
        assert browser.tell("document.documentElement.scrollWidth") <= width
        assert browser.tell(FAINT) == []
        paper = browser.tell("getComputedStyle(document.body).backgroundColor")
        assert paper == ("rgb(20, 23, 27)" if dark else "rgb(255, 255, 255)")


def test_the_browser_finds_nothing_to_complain_of(browser: Browser, site: str) -> None:
    browser.complaints.clear()
    for name in ("home", "found", "release", "hostile", "difference", "health"):
        browser.open(site + PAGES[name])
    assert browser.complaints == []


def test_no_script_of_a_site_ever_runs(browser: Browser, site: str) -> None:
    browser.open(site + PAGES["hostile"])
    assert browser.tell("document.scripts.length + document.images.length") == 0
    assert "<script>alert(1)</script>" in browser.tell("document.body.innerText")


def test_on_a_phone_nothing_to_tap_is_small(browser: Browser, site: str) -> None:
    browser.screen(width=360)
    browser.open(site + PAGES["found"])
    assert browser.tell(SMALL) == []


def test_all_of_a_search_is_done_by_keyboard_alone(browser: Browser, site: str) -> None:
    browser.screen(width=1280)
    browser.open(site)
    stops: list[dict[str, Any]] = []
    while len(stops) < 6:
        browser.press(TAB)
        stops.append(browser.tell(FOCUS))
    assert [stop["text"] for stop in stops[:4]] == ["Skip to content", "Pressdex", "Search", "Health"]
    assert (stops[4]["tag"], stops[5]["text"]) == ("input", "Search")
    assert all(stop["seen"] for stop in stops)
    browser.tell("document.activeElement.previousElementSibling.focus()")
    browser.type("plant")
    browser.follow()
    assert "q=plant" in browser.tell("location.href")
    while browser.tell(FOCUS)["text"] != "Acme opens plant number one":
        browser.press(TAB)
    browser.follow()
    assert browser.tell("document.querySelector('h1').textContent") == "Acme opens plant number one"


def test_skipping_leads_past_the_menu(browser: Browser, site: str) -> None:
    browser.open(site + PAGES["release"])
    browser.press(TAB)
    assert browser.tell(FOCUS)["text"] == "Skip to content"
    browser.press(ENTER)
    browser.press(TAB)
    assert browser.tell("document.querySelector('main').contains(document.activeElement)")


def test_a_bar_is_as_long_as_its_count(browser: Browser, site: str) -> None:
    browser.open(site)
    lengths = browser.tell(LENGTHS)
    assert [round(9 * length / lengths[0]) for length in lengths] == [9, 2, 1]
