"""How fast searching is, beside Whoosh as it comes, SQLite FTS5 and tantivy, in one run.

    python -m tests.bench.search 20000 [ours stock fts5 tantivy]

The corpus is ../shared/corpus/newswire.jsonl.gz, grown by its grow.py.  Each engine indexes and answers in a
process of its own.  Times are CPU milliseconds of a page of ten hits with snippets, median and 95th
percentile over the questions of a class; ours looks into title and body, the peers into the body alone, and
tantivy's grammar knows no prefix of one word.  Only ratios within a run mean anything.
"""

import argparse
import json
import os
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

#: Questions by class, each with how the grammar writes it.
CLASSES: dict[str, list[str]] = {
    "rare": ["zinc", "cocoa", "tanker", "ammonia", "malaysia"],
    "common": ["oil", "bank", "stock", "price", "share"],
    "and": ["oil price", "bank rate", "trade deficit", "tax loss", "merger share"],
    "or": ["oil OR price", "bank OR rate", "trade OR deficit", "tax OR loss", "merger OR share"],
    "phrase": ['"interest rate"', '"oil prices"', '"trade deficit"', '"common stock"', '"central bank"'],
    "prefix": ["infl*", "petrol*", "acqui*", "agri*", "comm*"],
    "date range": [f"{word} date:2012-03..2014-05" for word in ("oil", "bank", "stock", "price", "share")],
    "by date": ["oil", "bank", "stock", "price", "share"],
}
SINCE, UNTIL = date(2012, 3, 1), date(2014, 5, 31)
ROUNDS = 5
#: Modules are compiled once, as when installed: the peers' are.
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
Ask = Callable[[str, str], int]


def main() -> None:
    """Run the engines that were named, each in its own processes, and print what they took."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("documents", type=int)
    arguments.add_argument("engines", nargs="*", default=list(ENGINES))
    arguments.add_argument("--step", choices=["index", "ask", "add"])
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    if given.step:
        print(json.dumps(_step(given.step, ENGINES[given.engines[0]](given.folder), given.documents)))
        return
    with tempfile.TemporaryDirectory() as folder:
        reports = {name: _report(name, given.documents, Path(folder) / name) for name in given.engines}
    print(f"{given.documents} documents", *reports, sep="\t")
    for key in next(iter(reports.values())):
        print(key, *(report[key] for report in reports.values()), sep="\t")


def _report(name: str, documents: int, folder: Path) -> dict[str, Any]:
    """Measure one engine."""
    folder.mkdir()

    def step(which: str, count: int) -> Any:
        command = [sys.executable, "-m", "tests.bench.search", str(count), name]
        run = subprocess.run(
            [*command, "--step", which, "--folder", str(folder)],
            check=True,
            capture_output=True,
            text=True,
            env=COMPILED,
        )
        return json.loads(run.stdout)

    made = step("index", documents)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    asked = step("ask", documents)
    fresh = statistics.median([_fresh(name, folder) for _ in range(8)][1:])
    added = step("add", documents)
    return {
        "indexing, CPU s": round(made["cpu"], 1),
        "indexing, MB/s": round(made["mb"] / made["cpu"], 2),
        "peak memory, MB": round(made["peak"]),
        "index, MB": round(size / 1e6),
        **{f"{key}, ms": f"{median:.2f} / {worst:.2f}" for key, (median, worst) in asked.items()},
        "fresh process, CPU ms": round(fresh),
        "ten new documents, fresh process, CPU ms": round(added["first"] * 1000),
        "ten more in the same process, CPU ms": round(added["then"] * 1000),
    }


def _step(which: str, engine: "Engine", documents: int) -> Any:
    if which == "ask":
        return {key: _timed(engine, key, questions) for key, questions in CLASSES.items()}
    told = list(stories(documents if which == "index" else 20))
    if which == "add":
        told = [{**story, "id": f"new{story['id']}"} for story in told]
        return {"first": _written(engine, told[:10]), "then": _written(engine, told[10:])}
    cpu = _written(engine, told, is_first=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": cpu, "mb": sum(len(story["body"]) for story in told) / 1e6, "peak": peak}


def _written(engine: "Engine", told: list[dict[str, str]], *, is_first: bool = False) -> float:
    before = time.process_time()
    engine.write(told, is_first=is_first)
    return time.process_time() - before


def _timed(engine: "Engine", key: str, questions: list[str]) -> tuple[float, float]:
    """Give median and 95th percentile of a class, the first round left out."""
    taken = []
    for turn in range(ROUNDS + 1):
        for question in questions:
            before = time.process_time()
            engine.ask(key, question)
            if turn:
                taken.append((time.process_time() - before) * 1000)
    return statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]


def _fresh(name: str, folder: Path) -> float:
    """Give the CPU milliseconds of a process that answers one question."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(ENGINES[name].fresh(folder), check=True, capture_output=True, env=COMPILED)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def stories(count: int) -> Iterator[dict[str, str]]:
    from tests.shared import SHARED  # noqa: PLC0415 - loads pytest, which no engine's process is to pay for

    command = [sys.executable, str(SHARED / "corpus" / "grow.py"), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        for line in run.stdout:
            yield json.loads(line)
        assert run.wait() == 0, "the corpus could not be grown"


class Engine:
    """What each engine does here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, stories: list[dict[str, str]], *, is_first: bool) -> None:
        """Take in stories."""
        raise NotImplementedError

    def ask(self, key: str, question: str) -> int:
        """Give a page of ten hits with snippets; how many answer in all."""
        raise NotImplementedError

    @staticmethod
    def fresh(folder: Path) -> list[str]:
        """Give the command that answers one question and ends."""
        raise NotImplementedError


class Ours(Engine):
    """The engine of this project."""

    def write(self, stories: list[dict[str, str]], *, is_first: bool) -> None:  # noqa: ARG002
        from crawler.model import Change, Published, Release  # noqa: PLC0415
        from index import open_engine  # noqa: PLC0415
        from index.sync import BATCH  # noqa: PLC0415

        engine = open_engine(self.folder / "index", create=True)
        first = engine.cursor() + 1
        changes = []
        for number, story in enumerate(stories, first):
            moment = datetime.fromisoformat(story["date"]).replace(tzinfo=UTC)
            release = Release(
                story["id"], story["company"], story["url"], story["title"], None,
                Published(moment.date(), moment, "bench", "stated"), story["body"], (), "en", "", (), moment,
                moment,
            )  # fmt: skip
            changes.append(Change(number, "new", release, 1, moment))
        for at in range(0, len(changes), BATCH):
            engine.write(changes[at : at + BATCH])

    def ask(self, key: str, question: str) -> int:
        from index import open_engine  # noqa: PLC0415
        from index.grammar import parse  # noqa: PLC0415

        if not hasattr(self, "engine"):
            self.engine = open_engine(self.folder / "index")
        query = parse(question, sort="newest" if key == "by date" else "relevance")
        return self.engine.search(query).total

    @staticmethod
    def fresh(folder: Path) -> list[str]:
        return [sys.executable, "search.py", "oil", "price", "--home", str(folder)]


class Stock(Engine):
    """Whoosh as it comes, with its stemming analyzer."""

    def write(self, stories: list[dict[str, str]], *, is_first: bool) -> None:
        from whoosh import fields, index  # noqa: PLC0415
        from whoosh.analysis import StemmingAnalyzer  # noqa: PLC0415

        if is_first:
            text = fields.TEXT(stored=True, analyzer=StemmingAnalyzer())
            index.create_in(
                self.folder,
                fields.Schema(
                    id=fields.ID(stored=True, unique=True), url=fields.STORED, title=text, body=text,
                    date=fields.DATETIME(stored=True, sortable=True), company=fields.ID(stored=True),
                ),
            )  # fmt: skip
        writer = index.open_dir(self.folder).writer()
        for story in stories:
            writer.add_document(**{**story, "date": datetime.fromisoformat(story["date"])})
        writer.commit()

    def ask(self, key: str, question: str) -> int:
        from whoosh import index  # noqa: PLC0415
        from whoosh.qparser import QueryParser  # noqa: PLC0415

        if not hasattr(self, "searcher"):
            self.searcher = index.open_dir(self.folder).searcher()
            self.parser = QueryParser("body", self.searcher.schema)
        question = re.sub(r"date:\S+", f"date:[{SINCE:%Y%m%d} TO {UNTIL:%Y%m%d}]", question)
        order = {"sortedby": "date", "reverse": True} if key == "by date" else {}
        results = self.searcher.search(self.parser.parse(question), limit=10, **order)
        for hit in results:
            hit.highlights("body")
        return int(results.estimated_length())

    @staticmethod
    def fresh(folder: Path) -> list[str]:
        code = (
            "from whoosh import index; from whoosh.qparser import QueryParser;"
            f"searcher = index.open_dir({str(folder)!r}).searcher();"
            "question = QueryParser('body', searcher.schema).parse('oil price');"
            "print([hit.highlights('body') for hit in searcher.search(question, limit=10)])"
        )
        return [sys.executable, "-c", code]


class Fts5(Engine):
    """SQLite FTS5 with its Porter stemmer."""

    def write(self, stories: list[dict[str, str]], *, is_first: bool) -> None:
        base = sqlite3.connect(self.folder / "fts5.db")
        if is_first:
            base.execute("create virtual table f using fts5(title, body, tokenize='porter unicode61')")
            base.execute("create table d (id text primary key, url text, day text, company text)")
            base.execute("create index by_day on d (day)")
        for story in stories:
            row = base.execute("insert into f values (?, ?)", (story["title"], story["body"])).lastrowid
            values = (row, story["id"], story["url"], story["date"], story["company"])
            base.execute("insert into d (rowid, id, url, day, company) values (?, ?, ?, ?, ?)", values)
        base.commit()
        base.close()

    def ask(self, key: str, question: str) -> int:
        if not hasattr(self, "base"):
            self.base = sqlite3.connect(self.folder / "fts5.db")
        words = re.sub(r" date:\S+", "", question)
        limits = f"and d.day between '{SINCE}' and '{UNTIL}T24'" if "date:" in question else ""
        order = "d.day desc" if key == "by date" else "rank"
        what = (
            "select d.id, d.day, title, snippet(f, 1, '[', ']', '…', 40) from f join d on d.rowid = f.rowid"
        )
        # Words of this file alone go into the statement.
        asked = f"{what} where f match 'body : ({words})' {limits} order by {order} limit 10"
        return len(self.base.execute(asked).fetchall())

    @staticmethod
    def fresh(folder: Path) -> list[str]:
        asked = "select title, snippet(f, 1, '[', ']', '…', 40) from f('oil price') order by rank limit 10"
        code = f"import sqlite3; sqlite3.connect({str(folder / 'fts5.db')!r}).execute({asked!r}).fetchall()"
        return [sys.executable, "-c", code]


class Tantivy(Engine):
    """Tantivy with its English stemmer."""

    def _index(self) -> Any:
        import tantivy  # noqa: PLC0415 - of the bench extra

        builder = tantivy.SchemaBuilder()
        for name in ("id", "url", "company"):
            builder.add_text_field(name, stored=True, tokenizer_name="raw")
        for name in ("title", "body"):
            builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
        builder.add_date_field("date", stored=True, indexed=True, fast=True)
        return tantivy.Index(builder.build(), path=str(self.folder))

    def write(self, stories: list[dict[str, str]], *, is_first: bool) -> None:  # noqa: ARG002
        import tantivy  # noqa: PLC0415

        writer = self._index().writer(num_threads=1)
        for story in stories:
            moment = datetime.fromisoformat(story["date"]).replace(tzinfo=UTC)
            writer.add_document(tantivy.Document(**{**story, "date": moment}))
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, key: str, question: str) -> int:
        import tantivy  # noqa: PLC0415

        if not hasattr(self, "index"):
            self.index = self._index()
            self.index.reload()
            self.searcher = self.index.searcher()
        words = re.sub(r"date:\S+", f"date:[{SINCE}T00:00:00Z TO {UNTIL}T23:59:59Z]", question)
        words = words if " OR " in words or '"' in words else " AND ".join(words.split(" ", 1))
        query = self.index.parse_query(words, ["body"])
        by_date = {"order_by_field": "date"} if key == "by date" else {}
        found = self.searcher.search(query, 10, **by_date)
        cutter = tantivy.SnippetGenerator.create(self.searcher, query, self.index.schema, "body")
        for _, address in found.hits:
            cutter.snippet_from_doc(self.searcher.doc(address)).to_html()
        return int(found.count)

    @staticmethod
    def fresh(folder: Path) -> list[str]:
        code = (
            f"import tantivy; index = tantivy.Index.open({str(folder)!r}); searcher = index.searcher();"
            "question = index.parse_query('oil AND price', ['body']);"
            "cutter = tantivy.SnippetGenerator.create(searcher, question, index.schema, 'body');"
            "hits = searcher.search(question, 10).hits;"
            "print([cutter.snippet_from_doc(searcher.doc(address)).to_html() for _, address in hits])"
        )
        return [sys.executable, "-c", code]


ENGINES: dict[str, type[Engine]] = {"ours": Ours, "stock": Stock, "fts5": Fts5, "tantivy": Tantivy}

if __name__ == "__main__":
    main()
