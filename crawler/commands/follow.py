"""Let the index follow the archive; the one place where the crawler's edge meets the index."""

from crawler.archive import Archive
from crawler.commands.context import Context, say


def follow(context: Context, archive: Archive) -> bool:
    """Bring the index up to date; say so when that fails, for the archive holds everything all the same."""
    from index import open_engine  # noqa: PLC0415 - whoosh takes 140 ms to import
    from index.errors import EngineError  # noqa: PLC0415
    from index.sync import sync  # noqa: PLC0415

    try:
        engine = open_engine(context.index_path, create=True)
        try:
            sync(archive, engine)
        finally:
            engine.close()
    except EngineError as error:
        say(f"{error}; what was crawled is safe in {context.archive_path}")
        return False
    return True
