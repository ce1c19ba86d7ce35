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
    "crawler.version": set(),
    "crawler.urls": set(),
    "crawler.charset": {"crawler.errors"},
    "crawler.months": set(),
    "crawler.dateforms": {"crawler.months"},
    "crawler.dates": {"crawler.dateforms", "crawler.model", "crawler.months"},
    "crawler.units": set(),
    "crawler.home": {"crawler.errors"},
    "crawler.config": {"crawler.errors", "crawler.model", "crawler.units", "crawler.urls"},
    "crawler.entries": {
        "crawler.config",
        "crawler.errors",
        "crawler.model",
        "crawler.units",
        "crawler.urls",
    },
    "crawler.manners": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.schedule": {"crawler.model", "crawler.urls"},
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
        "crawler.discover.platforms.protocol",
        "crawler.discover.sitemap",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
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
    "crawler.discover.survey": {
        "crawler.discover.pattern",
        "crawler.discover.platforms.known",
        "crawler.discover.probe",
        "crawler.discover.read",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.extract": set(),
    "crawler.extract.tree": set(),
    "crawler.extract.jsonld": set(),
    "crawler.extract.document": {
        "crawler.charset",
        "crawler.errors",
        "crawler.extract.jsonld",
        "crawler.extract.tree",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.extract.labels": set(),
    "crawler.extract.names": {"crawler.extract.labels"},
    "crawler.extract.places": {
        "crawler.dates",
        "crawler.extract.document",
        "crawler.extract.jsonld",
        "crawler.extract.names",
        "crawler.model",
    },
    "crawler.extract.ballot": {"crawler.extract.document", "crawler.extract.names", "crawler.extract.places"},
    "crawler.extract.title": {
        "crawler.extract.ballot",
        "crawler.extract.document",
        "crawler.extract.names",
        "crawler.extract.places",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.extract.told": {
        "crawler.dates",
        "crawler.extract.document",
        "crawler.extract.jsonld",
        "crawler.model",
    },
    "crawler.extract.printed": {"crawler.dates", "crawler.extract.document", "crawler.model"},
    "crawler.extract.standing": {"crawler.extract.document", "crawler.extract.printed"},
    "crawler.extract.digits": {
        "crawler.dates",
        "crawler.extract.printed",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.extract.date": {
        "crawler.extract.digits",
        "crawler.extract.document",
        "crawler.extract.jsonld",
        "crawler.extract.printed",
        "crawler.extract.standing",
        "crawler.extract.title",
        "crawler.extract.told",
        "crawler.model",
    },
    "crawler.extract.habits": {
        "crawler.extract.digits",
        "crawler.extract.document",
        "crawler.extract.names",
        "crawler.extract.printed",
        "crawler.extract.told",
        "crawler.model",
    },
    "crawler.extract.body": {"crawler.extract.document", "crawler.model"},
    "crawler.extract.anatomy": {"crawler.model"},
    "crawler.extract.digest": set(),
    "crawler.extract.refusal": {"crawler.extract.document"},
    "crawler.extract.language": set(),
    "crawler.extract.read": {
        "crawler.errors",
        "crawler.extract.anatomy",
        "crawler.extract.body",
        "crawler.extract.date",
        "crawler.extract.digest",
        "crawler.extract.document",
        "crawler.extract.language",
        "crawler.extract.refusal",
        "crawler.extract.title",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.diff": {"crawler.model"},
    "crawler.warc": {"crawler.errors", "crawler.model", "crawler.urls"},
    "crawler.explain": {"crawler.manners", "crawler.model"},
    "crawler.carried": {"crawler.model"},
    "crawler.habits": {"crawler.model"},
    "crawler.fetch.reach": set(),
    "crawler.fetch.unpack": set(),
    "crawler.fetch.verdict": {"crawler.errors", "crawler.manners", "crawler.model", "crawler.urls"},
    "crawler.fetch.stream": set(),
    "crawler.fetch.connection": {"crawler.fetch.stream"},
    "crawler.fetch.lanes": {"crawler.fetch.connection", "crawler.fetch.reach", "crawler.fetch.stream"},
    "crawler.fetch.transport": {"crawler.fetch.connection", "crawler.fetch.lanes"},
    "crawler.fetch.faults": {
        "crawler.errors",
        "crawler.fetch.connection",
        "crawler.fetch.lanes",
        "crawler.fetch.stream",
        "crawler.fetch.unpack",
    },
    "crawler.fetch.fetcher": {
        "crawler.errors",
        "crawler.fetch.faults",
        "crawler.fetch.reach",
        "crawler.fetch.transport",
        "crawler.fetch.unpack",
        "crawler.fetch.verdict",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.fetch": {"crawler.fetch.fetcher"},
    "crawler.archive.schema": set(),
    "crawler.archive.database": {"crawler.archive.schema", "crawler.errors"},
    "crawler.archive.records": {"crawler.model"},
    "crawler.archive.addresses": {
        "crawler.archive.database",
        "crawler.archive.records",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.pages": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.records",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.links": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.pages",
        "crawler.archive.records",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.queue": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.links",
        "crawler.archive.records",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.history": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.queue",
        "crawler.archive.records",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.outcomes": {
        "crawler.archive.addresses",
        "crawler.archive.database",
        "crawler.archive.history",
        "crawler.archive.queue",
        "crawler.archive.records",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.archive.visits": {"crawler.archive.database", "crawler.archive.records", "crawler.model"},
    "crawler.archive.hosts": {"crawler.archive.database", "crawler.archive.records", "crawler.model"},
    "crawler.archive.checks": {
        "crawler.archive.database",
        "crawler.archive.pages",
        "crawler.archive.records",
        "crawler.archive.schema",
        "crawler.errors",
    },
    "crawler.archive.store": {
        "crawler.archive.addresses",
        "crawler.archive.checks",
        "crawler.archive.database",
        "crawler.archive.history",
        "crawler.archive.hosts",
        "crawler.archive.links",
        "crawler.archive.outcomes",
        "crawler.archive.pages",
        "crawler.archive.queue",
        "crawler.archive.visits",
        "crawler.model",
    },
    "crawler.archive": {"crawler.archive.store"},
    "crawler.reread": {"crawler.archive", "crawler.diff", "crawler.errors", "crawler.model"},
    "crawler.memory": {"crawler.model"},
    "crawler.turn": {"crawler.urls"},
    "crawler.rest": {"crawler.errors", "crawler.manners", "crawler.model"},
    "crawler.courtesy": {
        "crawler.errors",
        "crawler.fetch",
        "crawler.manners",
        "crawler.memory",
        "crawler.model",
        "crawler.rest",
        "crawler.turn",
        "crawler.urls",
    },
    "crawler.look": {
        "crawler.carried",
        "crawler.courtesy",
        "crawler.discover.survey",
        "crawler.errors",
        "crawler.extract.read",
        "crawler.model",
    },
    "crawler.identity": {"crawler.model"},
    "crawler.reading": set(),
    "crawler.reading.jobs": {"crawler.model"},
    "crawler.reading.worker": {
        "crawler.discover.pattern",
        "crawler.discover.read",
        "crawler.errors",
        "crawler.extract.document",
        "crawler.extract.habits",
        "crawler.extract.read",
        "crawler.model",
        "crawler.reading.jobs",
    },
    "crawler.reading.pool": {
        "crawler.errors",
        "crawler.model",
        "crawler.reading.jobs",
        "crawler.reading.worker",
    },
    "crawler.writer": {"crawler.archive"},
    "crawler.tally": {"crawler.courtesy", "crawler.model"},
    "crawler.desk": {
        "crawler.archive",
        "crawler.courtesy",
        "crawler.model",
        "crawler.reading.pool",
        "crawler.schedule",
        "crawler.tally",
        "crawler.writer",
    },
    "crawler.walk": {
        "crawler.discover.platforms.known",
        "crawler.discover.probe",
        "crawler.errors",
        "crawler.model",
        "crawler.urls",
    },
    "crawler.newsroom": {
        "crawler.desk",
        "crawler.discover.probe",
        "crawler.errors",
        "crawler.manners",
        "crawler.model",
        "crawler.schedule",
        "crawler.tally",
        "crawler.urls",
        "crawler.walk",
    },
    "crawler.visit": {
        "crawler.carried",
        "crawler.desk",
        "crawler.errors",
        "crawler.habits",
        "crawler.identity",
        "crawler.model",
        "crawler.newsroom",
        "crawler.schedule",
        "crawler.tally",
        "crawler.urls",
    },
    "crawler.crawl": {
        "crawler.desk",
        "crawler.errors",
        "crawler.model",
        "crawler.tally",
        "crawler.visit",
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
        "crawler.version",
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
        "crawler.version",
    },
    "crawler.commands": set(),
    "crawler.commands.log": set(),
    "crawler.commands.context": {"crawler.archive", "crawler.config", "crawler.errors", "crawler.home"},
    "crawler.commands.lock": {"crawler.errors"},
    "crawler.commands.network": {
        "crawler.commands.context",
        "crawler.config",
        "crawler.courtesy",
        "crawler.fetch",
        "crawler.memory",
        "crawler.version",
    },
    "crawler.commands.book": {
        "crawler.commands.context",
        "crawler.config",
        "crawler.entries",
        "crawler.errors",
        "crawler.model",
    },
    "crawler.commands.preview": {"crawler.discover.survey", "crawler.look"},
    "crawler.commands.add": {
        "crawler.commands.book",
        "crawler.commands.context",
        "crawler.commands.network",
        "crawler.commands.preview",
        "crawler.config",
        "crawler.discover.survey",
        "crawler.entries",
        "crawler.errors",
        "crawler.habits",
        "crawler.look",
        "crawler.model",
        "crawler.units",
        "crawler.urls",
    },
    "crawler.commands.follow": {
        "crawler.archive",
        "crawler.commands.context",
        "crawler.tally",
        "index",
        "index.errors",
        "index.sync",
    },
    "crawler.commands.progress": {"crawler.commands.context", "crawler.courtesy", "crawler.tally"},
    "crawler.commands.run": {
        "crawler.archive",
        "crawler.commands.context",
        "crawler.commands.follow",
        "crawler.commands.lock",
        "crawler.commands.network",
        "crawler.commands.progress",
        "crawler.config",
        "crawler.crawl",
        "crawler.desk",
        "crawler.errors",
        "crawler.model",
        "crawler.reading.pool",
        "crawler.rest",
        "crawler.schedule",
        "crawler.tally",
        "crawler.units",
        "crawler.urls",
        "crawler.writer",
        "crawler.visit",
    },
    "crawler.commands.sources": {"crawler.commands.context"},
    "crawler.commands.health": {
        "crawler.archive",
        "crawler.commands.context",
        "crawler.health",
        "crawler.model",
    },
    "crawler.commands.show": {"crawler.archive", "crawler.commands.context", "crawler.model"},
    "crawler.commands.diff": {"crawler.commands.context", "crawler.diff", "crawler.model"},
    "crawler.commands.verify": {"crawler.commands.context"},
    "crawler.commands.explain": {
        "crawler.commands.context",
        "crawler.commands.network",
        "crawler.errors",
        "crawler.explain",
        "crawler.manners",
        "crawler.fetch.reach",
        "crawler.urls",
    },
    "crawler.commands.reread": {
        "crawler.archive",
        "crawler.carried",
        "crawler.commands.context",
        "crawler.commands.follow",
        "crawler.commands.lock",
        "crawler.diff",
        "crawler.errors",
        "crawler.extract.read",
        "crawler.habits",
        "crawler.model",
        "crawler.reread",
    },
    "crawler.commands.warc": {
        "crawler.archive",
        "crawler.commands.context",
        "crawler.commands.follow",
        "crawler.commands.lock",
        "crawler.commands.reread",
        "crawler.errors",
        "crawler.model",
        "crawler.version",
        "crawler.warc",
    },
    "crawler.__main__": {
        "crawler.commands.add",
        "crawler.commands.context",
        "crawler.commands.diff",
        "crawler.commands.explain",
        "crawler.commands.health",
        "crawler.commands.lock",
        "crawler.commands.log",
        "crawler.commands.reread",
        "crawler.commands.run",
        "crawler.commands.show",
        "crawler.commands.sources",
        "crawler.commands.verify",
        "crawler.commands.warc",
        "crawler.errors",
        "crawler.version",
    },
}

EDGES = {name for name in LAW if name.startswith("crawler.commands")} | {
    "crawler.__main__",
    "index.__main__",
    "search",
}

#: Third-party or standard module → the only modules that may import it.
DOORS: dict[str, set[str]] = {
    "httpx": {
        "crawler.fetch.faults",
        "crawler.fetch.fetcher",
        "crawler.fetch.lanes",
        "crawler.fetch.transport",
    },
    "h11": {"crawler.fetch.connection", "crawler.fetch.faults", "crawler.fetch.transport"},
    "brotli": {"crawler.fetch.unpack"},
    "socket": {"crawler.fetch.lanes"},
    "sqlite3": {"crawler.archive.database"},
    "warcio": {"crawler.warc"},
    "whoosh": {"index.embedded.codec", "index.embedded.writer"},
    "bs4": {
        "crawler.charset",
        "crawler.discover.markup",
        "crawler.extract.document",
        "crawler.extract.tree",
    },
    "feedparser": {"crawler.discover.feed"},
    "protego": {"crawler.manners"},
    "asyncio": {
        "crawler.visit",
        "crawler.fetch.fetcher",
        "crawler.fetch.lanes",
        "crawler.fetch.stream",
        "crawler.courtesy",
        "crawler.crawl",
        "crawler.reading.pool",
        "crawler.turn",
        "crawler.writer",
    }
    | EDGES,
    "pickle": {"crawler.reading.jobs"},
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
