"""Give notices to a program as JSON on its standard input, without a shell."""

import subprocess
from collections.abc import Sequence
from typing import Final

from crawler.errors import DeliveryError

PATIENCE_S: Final = 30.0  # a program that takes longer is ended
LONGEST_CAUSE: Final = 200  # characters of what it last said


def run(words: Sequence[str], body: bytes, patience_s: float = PATIENCE_S) -> None:
    """Run a program.

    Raises:
        DeliveryError: it cannot be started, takes too long or fails.
    """
    name = words[0]
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command
            words,
            input=body,
            timeout=patience_s,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        raise DeliveryError(f"command {name}: {error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        cause = f": {said[-1][:LONGEST_CAUSE]}" if said else ""
        raise DeliveryError(f"command {name}: ended with status {done.returncode}{cause}")
