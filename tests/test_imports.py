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
    "crawler.dates": {"crawler.model"},
    "crawler.units": set(),
    "crawler.home": {"crawler.errors"},
    "crawler.config": {"crawler.errors", "crawler.home", "crawler.model", "crawler.units", "crawler.urls"},
    "crawler.manners": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.schedule": {"crawler.model", "crawler.urls"},
    "crawler.health": {"crawler.model"},
    "crawler.discover": set(),
    "crawler.discover.platforms": set(),
    "crawler.discover.feed": {"crawler.dates", "crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.discover.sitemap": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.discover.listing": {
        "crawler.charset",
        "crawler.dates",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.discover.read": {
        "crawler.discover.feed",
        "crawler.discover.listing",
        "crawler.discover.sitemap",
        "crawler.errors",
        "crawler.model",
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
    "crawler.archive.schema": set(),
    "crawler.archive.database": {"crawler.archive.schema", "crawler.errors"},
    "crawler.archive.records": {"crawler.model"},
    "crawler.archive.addresses": {"crawler.archive.database", "crawler.archive.records", "crawler.urls"},
    "crawler.archive.pages": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.records",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.history": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.records",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.visits": {"crawler.archive.database", "crawler.archive.records", "crawler.model"},
    "crawler.archive.store": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.history",
        "crawler.archive.pages",
        "crawler.archive.visits",
        "crawler.model",
    },
    "crawler.archive": {"crawler.archive.store"},
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
    "index.stems": {"index.text"},
    "index.snippet": {"index.text"},
    "index.periods": set(),
    "index.query": {"index.text"},
    "index.grammar": {"index.errors", "index.periods", "index.query", "index.text"},
    "index.engine": {"crawler.model", "index.query"},
    "index.distance": set(),
    "index.proximity": set(),
    "index.embedded": set(),
    "index.embedded.manifest": {"index.errors"},
    "index.embedded.sections": set(),
    "index.embedded.weight": set(),
    "index.embedded.segment": {"index.embedded.manifest", "index.embedded.sections"},
    "index.embedded.merge": {
        "index.embedded.manifest",
        "index.embedded.sections",
        "index.embedded.segment",
    },
    "index.embedded.documents": {"crawler.model", "index.embedded.sections", "index.stems", "index.text"},
    "index.embedded.codec": {
        "index.embedded.sections",
        "index.embedded.weight",
        "index.stems",
        "index.text",
    },
    "index.embedded.writer": {
        "crawler.model",
        "index.embedded.codec",
        "index.embedded.documents",
        "index.embedded.manifest",
        "index.embedded.merge",
        "index.embedded.sections",
        "index.embedded.segment",
        "index.errors",
    },
    "index.embedded.lookup": {
        "index.distance",
        "index.embedded.sections",
        "index.embedded.segment",
        "index.query",
        "index.stems",
        "index.text",
    },
    "index.embedded.match": {
        "index.embedded.lookup",
        "index.embedded.sections",
        "index.embedded.segment",
        "index.proximity",
        "index.query",
    },
    "index.embedded.rank": {"index.embedded.lookup", "index.embedded.weight"},
    "index.embedded.snapshot": {
        "index.embedded.lookup",
        "index.embedded.manifest",
        "index.embedded.match",
        "index.embedded.rank",
        "index.embedded.sections",
        "index.embedded.segment",
        "index.embedded.weight",
        "index.query",
        "index.snippet",
    },
    "index.embedded.engine": {
        "crawler.model",
        "index.embedded.manifest",
        "index.embedded.snapshot",
        "index.embedded.writer",
        "index.engine",
        "index.query",
        "index.snippet",
    },
    "index.sync": {"crawler.model", "index.engine", "index.errors"},
    "index.show": {"index.engine"},
    "index": {"index.embedded.engine", "index.engine", "index.errors"},
    "index.__main__": {
        "crawler.archive",
        "crawler.home",
        "crawler.errors",
        "index",
        "index.engine",
        "index.errors",
        "index.sync",
    },
    "search": {
        "crawler.home",
        "crawler.errors",
        "index",
        "index.engine",
        "index.errors",
        "index.grammar",
        "index.periods",
        "index.query",
        "index.show",
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
    "sqlite3": {"crawler.archive.database"},
    "whoosh": {"index.embedded.codec", "index.embedded.writer"},
    "bs4": {"crawler.charset", "crawler.discover.listing", "crawler.extract.document"},
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
        ("search", {"httpx", "bs4", "feedparser", "lxml", "rich", "whoosh"}),
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
