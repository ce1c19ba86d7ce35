"""The import law: every module's imports from the project, and the only doors to the outside."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Module → what it may import from the project.  A row may only name rows above it: no circle can be written.
LAW: dict[str, set[str]] = {
    "crawler": set(),
    "crawler.errors": set(),
    "crawler.model": set(),
    "crawler.urls": set(),
    "crawler.charset": {"crawler.errors"},
    "crawler.months": set(),
    "crawler.dateforms": {"crawler.months"},
    "crawler.dates": {"crawler.dateforms", "crawler.model", "crawler.months"},
    "crawler.config": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.manners": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.schedule": {"crawler.model"},
    "crawler.health": {"crawler.model"},
    "crawler.discover": set(),
    "crawler.discover.platforms": set(),
    "crawler.discover.feed": {"crawler.dates", "crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.discover.sitemap": {"crawler.dates", "crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.discover.markup": set(),
    "crawler.discover.anchors": {"crawler.discover.markup", "crawler.urls"},
    "crawler.discover.cards": {"crawler.discover.anchors", "crawler.discover.markup"},
    "crawler.discover.dayorder": {"crawler.dates", "crawler.model"},
    "crawler.discover.carddates": {
        "crawler.dates",
        "crawler.discover.cards",
        "crawler.discover.dayorder",
        "crawler.discover.markup",
        "crawler.model",
        "crawler.months",
    },
    "crawler.discover.headline": {
        "crawler.discover.anchors",
        "crawler.discover.carddates",
        "crawler.discover.cards",
        "crawler.discover.markup",
        "crawler.urls",
    },
    "crawler.discover.choose": {
        "crawler.discover.anchors",
        "crawler.discover.carddates",
        "crawler.discover.cards",
        "crawler.discover.markup",
        "crawler.urls",
    },
    "crawler.discover.pager": {"crawler.discover.anchors", "crawler.discover.markup", "crawler.urls"},
    "crawler.discover.listing": {
        "crawler.charset",
        "crawler.discover.anchors",
        "crawler.discover.carddates",
        "crawler.discover.cards",
        "crawler.discover.choose",
        "crawler.discover.headline",
        "crawler.discover.markup",
        "crawler.discover.pager",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.discover.platforms.protocol": {"crawler.model"},
    "crawler.discover.platforms.answer": {
        "crawler.dates",
        "crawler.discover.feed",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.discover.platforms.payload": {"crawler.discover.platforms.answer", "crawler.model"},
    "crawler.discover.platforms.q4": {"crawler.discover.platforms.answer", "crawler.model", "crawler.urls"},
    "crawler.discover.platforms.wordpress": {
        "crawler.discover.platforms.answer",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.discover.platforms.cision": {"crawler.discover.platforms.answer", "crawler.model"},
    "crawler.discover.platforms.mfn": {"crawler.discover.platforms.answer", "crawler.model"},
    "crawler.discover.platforms.globenewswire": {
        "crawler.discover.feed",
        "crawler.discover.platforms.answer",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.discover.platforms.aem": {
        "crawler.discover.platforms.answer",
        "crawler.discover.platforms.payload",
        "crawler.model",
    },
    "crawler.discover.platforms.nir": {
        "crawler.discover.listing",
        "crawler.discover.platforms.answer",
        "crawler.errors",
        "crawler.model",
    },
    "crawler.discover.platforms.equisolve": {
        "crawler.discover.listing",
        "crawler.discover.platforms.answer",
        "crawler.discover.platforms.nir",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.discover.platforms.prnewswire": {
        "crawler.discover.listing",
        "crawler.discover.platforms.answer",
        "crawler.discover.platforms.nir",
        "crawler.model",
    },
    "crawler.discover.platforms.eqs": {
        "crawler.discover.listing",
        "crawler.discover.platforms.nir",
        "crawler.model",
    },
    "crawler.discover.platforms.drupal": {
        "crawler.discover.listing",
        "crawler.discover.platforms.answer",
        "crawler.model",
    },
    "crawler.discover.platforms.nextjs": {
        "crawler.charset",
        "crawler.discover.platforms.answer",
        "crawler.discover.platforms.payload",
        "crawler.model",
    },
    "crawler.discover.platforms.known": {
        "crawler.discover.platforms.aem",
        "crawler.discover.platforms.cision",
        "crawler.discover.platforms.drupal",
        "crawler.discover.platforms.eqs",
        "crawler.discover.platforms.equisolve",
        "crawler.discover.platforms.globenewswire",
        "crawler.discover.platforms.mfn",
        "crawler.discover.platforms.nextjs",
        "crawler.discover.platforms.nir",
        "crawler.discover.platforms.prnewswire",
        "crawler.discover.platforms.protocol",
        "crawler.discover.platforms.q4",
        "crawler.discover.platforms.wordpress",
        "crawler.model",
    },
    "crawler.discover.read": {
        "crawler.discover.feed",
        "crawler.discover.listing",
        "crawler.discover.platforms.known",
        "crawler.discover.sitemap",
        "crawler.errors",
        "crawler.model",
    },
    "crawler.discover.pattern": {"crawler.discover.choose", "crawler.model"},
    "crawler.discover.probe": {
        "crawler.charset",
        "crawler.discover.anchors",
        "crawler.discover.markup",
        "crawler.discover.platforms.known",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.extract": set(),
    "crawler.extract.document": {"crawler.charset", "crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.extract.title": {"crawler.extract.document", "crawler.model"},
    "crawler.extract.date": {"crawler.dates", "crawler.extract.document", "crawler.model"},
    "crawler.extract.body": {"crawler.extract.document", "crawler.model"},
    "crawler.extract.anatomy": {"crawler.model"},
    "crawler.extract.language": set(),
    "crawler.extract.read": {
        "crawler.errors",
        "crawler.extract.anatomy",
        "crawler.extract.body",
        "crawler.extract.date",
        "crawler.extract.document",
        "crawler.extract.language",
        "crawler.extract.title",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.fetch": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.archive": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.crawl": {
        "crawler.archive",
        "crawler.config",
        "crawler.discover.read",
        "crawler.errors",
        "crawler.extract.read",
        "crawler.fetch",
        "crawler.manners",
        "crawler.model",
        "crawler.schedule",
        "crawler.urls",
    },
    "index.errors": set(),
    "index.text": set(),
    "index.query": {"index.errors", "index.text"},
    "index.engine": {"crawler.model", "index.query"},
    "index.embedded": {"crawler.model", "index.engine", "index.errors", "index.query", "index.text"},
    "index.sync": {"crawler.archive", "crawler.model", "index.engine", "index.errors"},
    "index": {"index.embedded", "index.engine", "index.errors"},
    "index.__main__": {
        "crawler.archive",
        "crawler.config",
        "crawler.errors",
        "index",
        "index.engine",
        "index.errors",
        "index.sync",
    },
    "search": {
        "crawler.config",
        "crawler.errors",
        "index",
        "index.engine",
        "index.errors",
        "index.query",
    },
    "crawler.__main__": {
        "crawler.archive",
        "crawler.config",
        "crawler.crawl",
        "crawler.discover.read",
        "crawler.errors",
        "crawler.fetch",
        "crawler.health",
        "crawler.manners",
        "crawler.model",
        "crawler.schedule",
        "crawler.urls",
        "index",
        "index.errors",
        "index.sync",
    },
}

EDGES = {"crawler.__main__", "index.__main__", "search"}

#: Third-party or standard module → the only modules that may import it.
DOORS: dict[str, set[str]] = {
    "httpx": {"crawler.fetch"},
    "sqlite3": {"crawler.archive"},
    "whoosh": {"index.embedded"},
    "bs4": {"crawler.charset", "crawler.discover.markup", "crawler.extract.document"},
    "feedparser": {"crawler.discover.feed"},
    "protego": {"crawler.manners"},
    "asyncio": {"crawler.fetch", "crawler.crawl", "crawler.__main__"},
    "random": EDGES,
    "rich": EDGES,
    "argparse": EDGES,
    "platformdirs": EDGES,
}

#: Calls that read the clock, the environment or the current folder: for edges alone.
EDGE_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "os.getenv",
    "os.getcwd",
    "Path.cwd",
    "Path.home",
}


def modules() -> dict[str, Path]:
    found = {"search": ROOT / "search.py"}
    for package in ("crawler", "index"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: path for name, path in found.items() if path.exists()}


MODULES = modules()


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                names.add(whole if whole in MODULES else str(node.module))
    return names


def test_the_law_names_every_module_and_no_other() -> None:
    assert set(LAW) == set(MODULES)


def test_a_row_names_only_rows_above_it() -> None:
    above: set[str] = set()
    for module, allowed in LAW.items():
        assert allowed <= above, f"{module} names {sorted(allowed - above)}, which do not stand above it"
        above.add(module)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_what_the_law_allows(module: str) -> None:
    ours = {name for name in imports(MODULES[module]) if name.split(".")[0] in {"crawler", "index", "search"}}
    assert ours <= LAW.get(module, set())


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_goes_outside_only_by_its_own_doors(module: str) -> None:
    outside = {name.split(".")[0] for name in imports(MODULES[module])}
    trespasses = {name for name in outside & DOORS.keys() if module not in DOORS[name]}
    assert not trespasses


@pytest.mark.parametrize("module", sorted(MODULES.keys() - EDGES))
def test_only_edges_read_the_clock_and_the_environment(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not calls & EDGE_CALLS
    assert "os.environ" not in names


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("search", {"httpx", "bs4", "feedparser", "lxml", "rich"}),
        ("index.__main__", {"httpx", "bs4", "feedparser", "lxml"}),
        ("crawler.__main__", {"whoosh"}),
    ],
)
def test_importing_an_edge_loads_no_more_than_it_needs(module: str, never: set[str]) -> None:
    code = f"import sys, {module}; print(*(name.split('.')[0] for name in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    assert not never & set(run.stdout.split())
