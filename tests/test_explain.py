"""Which line of a robots.txt decides, table-tested."""

from functools import partial

import pytest

from crawler.courtesy.manners import rules
from crawler.explain import deciding_rule

URL = "https://a.example/news/private/1"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        pytest.param("User-agent: *\nDisallow: /news", "Disallow: /news (line 2)", id="one ban"),
        pytest.param(
            "User-agent: *\nDisallow: /\nDisallow: /news/private",
            "Disallow: /news/private (line 3)",
            id="two bans",
        ),
        pytest.param(
            "User-agent: *\nDisallow: /news\nAllow: /news/private",
            "Allow: /news/private (line 3)",
            id="allow",
        ),
        pytest.param(
            "User-agent: other\nDisallow: /news/private\nUser-agent: *\nDisallow: /*/private",
            "Disallow: /*/private (line 4)",
            id="a ban of another crawler does not decide",
        ),
        pytest.param("User-agent: *\nDisallow: /x", None, id="none"),
        pytest.param("", None, id="empty"),
    ],
)
def test_the_line_of_robots_txt_that_decides_is_named(body: str, line: str | None) -> None:
    assert deciding_rule(URL, body.encode(), partial(rules, agent="pressdex")) == line
