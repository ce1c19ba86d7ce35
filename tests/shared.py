"""Where the research material beside the checkout lies; never copied into the project."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("PRESS_SHARED", Path(__file__).resolve().parents[2] / "shared"))

needs_shared = pytest.mark.skipif(
    not (SHARED / "pages" / "press").is_dir(), reason="../shared/pages is not beside this checkout"
)
