"""Serve the newsroom until interrupted."""

import sys
import threading

from tests.newsroom import Newsroom

if __name__ == "__main__":
    with Newsroom(port=int(sys.argv[1]) if len(sys.argv) > 1 else 0) as newsroom:
        print(newsroom.url, flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()
