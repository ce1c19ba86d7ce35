"""Pages that showed a mistake once: each stands in tests/pages beside what is expected of it."""

import json
from pathlib import Path

import pytest

from crawler.extract.read import read
from crawler.model import Page
from tests.makers import START

PAGES = sorted((Path(__file__).resolve().parents[1] / "pages").glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_a_saved_page_is_read_as_expected(path: Path) -> None:
    """Without the listing's word on it: the page alone must do."""
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    url = expected["url"]
    release = read(Page(url, url, 200, (), path.read_bytes(), START), source="saved")
    assert release.title == expected["title"]
    assert release.published is not None
    assert release.published.day.isoformat() == expected["day"]
    assert release.published.certainty == expected["certainty"]
    assert release.body.split("\n\n") == expected["body"]
    assert any(expected["warning"] in warning for warning in release.warnings)
