"""How well hits are ranked: nDCG@10 and MAP on Cranfield, beside SQLite FTS5, tantivy and Whoosh as it comes.

    python -m tests.bench.relevance

nDCG has gains of 2**judgement - 1, divided by log2(rank + 1).  Queries go in as they were
typed: ours, which asks for all words first; the peers with OR between the words, which is what they need.
"""

import gzip
import json
import math
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from crawler.model import Change, Release
from index import open_engine
from index.grammar import parse
from tests.shared import SHARED

Ranking = Callable[[str], list[str]]
Documents = dict[str, dict[str, str]]

#: Hits that the average precision looks at.
DEPTH = 1000


def main() -> None:
    """Print one line an engine."""
    with gzip.open(SHARED / "corpus" / "cranfield.json.gz", "rt", encoding="utf-8") as file:
        collection = json.load(file)
    print(f"{'':24}nDCG@10    MAP")
    for name, peer in PEERS.items():
        with peer(collection["documents"]) as ranking:
            figures = [
                judged(ranking(text), collection["relevance"].get(number, {}))
                for number, text in collection["queries"].items()
            ]
        print(f"{name:24}{mean(one for one, _ in figures):7.3f}{mean(other for _, other in figures):7.3f}")


def judged(ranked: list[str], judgements: dict[str, int]) -> tuple[float, float]:
    """Give nDCG@10 and average precision of one ranking."""
    gains = [judgements.get(document, 0) for document in ranked[:10]]
    best = sorted(judgements.values(), reverse=True)[:10]
    hits = 0
    precisions = []
    for rank, document in enumerate(ranked, 1):
        if judgements.get(document, 0) > 0:
            hits += 1
            precisions.append(hits / rank)
    relevant = sum(gain > 0 for gain in judgements.values())
    return _discounted(gains) / (_discounted(best) or 1), sum(precisions) / (relevant or 1)


def _discounted(gains: list[int]) -> float:
    return math.fsum((2**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


@contextmanager
def ours(documents: Documents) -> Iterator[Ranking]:
    """The engine of this project."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    changes = [
        Change(
            number,
            "new",
            Release(
                name, "cranfield", f"https://c.example/{name}", one["title"], None, None, one["body"], (),
                "en", "", (), now, now,
            ),
            1,
            now,
        )
        for number, (name, one) in enumerate(documents.items(), 1)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / "index", create=True)
        engine.write(changes)
        yield lambda text: [hit.id for hit in engine.search(parse(text, limit=DEPTH)).hits]
        engine.close()


@contextmanager
def fts5(documents: Documents) -> Iterator[Ranking]:
    """SQLite FTS5 with its Porter stemmer."""
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table f using fts5(id unindexed, title, body, tokenize='porter unicode61')")
    base.executemany(
        "insert into f values (?, ?, ?)", ((n, d["title"], d["body"]) for n, d in documents.items())
    )

    def ranking(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text))
        rows = base.execute("select id from f where f match ? order by bm25(f) limit ?", (words, DEPTH))
        return [row[0] for row in rows]

    yield ranking
    base.close()


@contextmanager
def tantivy(documents: Documents) -> Iterator[Ranking]:
    """Tantivy with its English stemmer."""
    import tantivy as peer  # noqa: PLC0415 - of the bench extra

    builder = peer.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    index = peer.Index(builder.build())
    writer = index.writer()
    for name, one in documents.items():
        writer.add_document(peer.Document(id=name, **one))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ranking(text: str) -> list[str]:
        query = index.parse_query(" ".join(re.findall(r"\w+", text)).lower(), ["title", "body"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, DEPTH).hits]

    yield ranking


def whoosh(*, any_word: bool) -> Callable[[Documents], AbstractContextManager[Ranking]]:
    """Whoosh as it comes, with its stemming analyzer; all words, or any."""

    @contextmanager
    def stock(documents: Documents) -> Iterator[Ranking]:
        from whoosh.analysis import StemmingAnalyzer  # noqa: PLC0415
        from whoosh.fields import ID, TEXT, Schema  # noqa: PLC0415
        from whoosh.filedb.filestore import RamStorage  # noqa: PLC0415
        from whoosh.qparser import AndGroup, MultifieldParser, OrGroup  # noqa: PLC0415

        words = StemmingAnalyzer()
        schema = Schema(id=ID(stored=True), title=TEXT(analyzer=words), body=TEXT(analyzer=words))
        index = RamStorage().create_index(schema)
        writer = index.writer()
        for name, one in documents.items():
            writer.add_document(id=name, **one)
        writer.commit()
        parser = MultifieldParser(["title", "body"], schema, group=OrGroup if any_word else AndGroup)
        with index.searcher() as searcher:
            yield lambda text: [hit["id"] for hit in searcher.search(parser.parse(text), limit=DEPTH)]

    return stock


PEERS = {
    "ours": ours,
    "SQLite FTS5": fts5,
    "tantivy": tantivy,
    "Whoosh, any word": whoosh(any_word=True),
    "Whoosh, as typed": whoosh(any_word=False),
}

if __name__ == "__main__":
    main()
