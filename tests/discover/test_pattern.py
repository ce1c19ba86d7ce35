from crawler.discover.pattern import likely
from crawler.model import Link

SITE = [
    Link(f"https://www.example.com/{path}")
    for path in (
        "about",
        "products/anvil",
        "news/2026/11/acme-opens-a-plant",
        "news/2025/03/acme-names-a-chair",
        "blog/how-we-make-anvils",
        "press/kit",
    )
]


def kept(known: list[str]) -> list[str]:
    return [link.url.removeprefix("https://www.example.com/") for link in likely(SITE, known)]


def test_addresses_are_kept_that_lie_where_the_known_ones_lie() -> None:
    known = ["https://www.example.com/news/2024/01/a", "https://example.com/news/2023/12/b"]
    assert kept(known) == ["news/2026/11/acme-opens-a-plant", "news/2025/03/acme-names-a-chair"]


def test_one_mislaid_release_does_not_open_its_directory() -> None:
    known = [f"https://example.com/news/2024/01/{n}" for n in range(40)] + ["https://example.com/products/x"]
    assert "products/anvil" not in kept(known)


def test_without_known_ones_directories_named_for_news_are_kept() -> None:
    assert kept([]) == [
        "news/2026/11/acme-opens-a-plant",
        "news/2025/03/acme-names-a-chair",
        "blog/how-we-make-anvils",
        "press/kit",
    ]


def test_headlines_at_the_root_are_told_from_pages_by_their_words() -> None:
    root = [Link("https://example.com/about"), Link("https://example.com/acme-opens-a-plant")]
    assert likely(root, ["https://example.com/acme-names-a-chair"]) == (root[1],)


def test_where_nothing_tells_every_link_is_kept() -> None:
    plain = [Link("https://example.com/a"), Link("https://example.com/b")]
    assert likely(plain) == tuple(plain)
