"""The built wheel works in a clean environment: no file, no dependency forgotten."""

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it into an environment that sees our dependencies, but not our checkout.

    The dependencies are lent by a path file, so that no registry is asked; pip still checks that every one
    the wheel names is there.
    """
    folder = tmp_path_factory.mktemp("clean")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("pressdex-*.whl"))
    venv = folder / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    lent = Path(sysconfig.get_path("purelib", vars={"base": str(venv), "platbase": str(venv)})) / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(venv / "bin" / "python"), "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--force-reinstall", "--no-deps", str(wheel)], check=True)
    subprocess.run([*pip, "--no-index", str(wheel)], check=True)
    return venv / "bin"


def test_the_wheel_holds_the_rooms_and_nothing_else(clean: Path) -> None:
    code = "import crawler, index, search; print(crawler.__file__, index.__file__, search.__file__)"
    run = subprocess.run(
        [clean / "python", "-c", code], capture_output=True, text=True, check=True, cwd=clean.parent
    )
    assert run.stdout.count(str(clean.parent)) == 3
    absent = subprocess.run(
        [clean / "python", "-c", "import tests"], capture_output=True, cwd=clean.parent, check=False
    )
    assert absent.returncode == 1


def test_the_wheel_holds_the_templates_of_the_pages(clean: Path) -> None:
    code = "from index.serve.pages import TEMPLATES, asset; asset('style.css'); print(TEMPLATES)"
    run = subprocess.run(
        [clean / "python", "-c", code], capture_output=True, text=True, check=True, cwd=clean.parent
    )
    assert run.stdout.startswith(str(clean.parent))


@pytest.mark.parametrize("command", ["press-crawl", "press-search", "press-index"])
def test_an_installed_command_runs(clean: Path, command: str, tmp_path: Path) -> None:
    told = subprocess.run(
        [clean / command, "--help"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert told.stdout.startswith(f"usage: {command}")
    assert "examples:" in told.stdout


@pytest.mark.parametrize(
    "start",
    [["-m", "crawler"], ["-m", "index"], [str(ROOT / "search.py")]],
    ids=["python -m crawler", "python -m index", "python search.py"],
)
def test_a_checkout_runs_from_any_folder(start: list[str], tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, *start, "--version"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert told.stdout.startswith("pressdex ")
