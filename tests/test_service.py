"""What keeps press-crawl running says where everything is, however strange the folder's name."""

import plistlib
import shlex
from pathlib import Path

import pytest

from crawler import service

HOME = Path("/var/lib/press 100%/$home")
COMMAND = ["/opt/press/bin/press-crawl", "--home", str(HOME)]


def test_a_systemd_unit_quotes_what_systemd_would_expand() -> None:
    unit = service.systemd(COMMAND, HOME)
    assert 'ExecStart=/opt/press/bin/press-crawl --home "/var/lib/press 100%%/$$home" watch\n' in unit
    assert 'ReadWritePaths="/var/lib/press 100%%/$home"\n' in unit
    assert "EnvironmentFile=-/var/lib/press 100%%/$home/environment\n" in unit
    assert [line for line in unit.splitlines() if line.startswith("[")] == [
        "[Unit]",
        "[Service]",
        "[Install]",
    ]


@pytest.mark.parametrize("minute", [0, 7, 9])
def test_a_crontab_line_runs_every_ten_minutes(minute: int) -> None:
    line = service.cron(COMMAND, minute)
    times, words = line.split(" * * * * ")
    assert times == f"{minute}-59/10"
    assert line.count("\n") == 1
    assert shlex.split(words.replace("\\%", "%")) == [*COMMAND, "run"]


def test_a_launchd_agent_names_program_and_log() -> None:
    agent = plistlib.loads(service.launchd(COMMAND, HOME).encode())
    assert agent["ProgramArguments"] == [*COMMAND, "watch"]
    assert agent["StandardErrorPath"] == str(HOME / "watch.log")
