"""Write what lets an operating system keep ``press-crawl watch`` running.  Pure: installs nothing.

Formats: systemd.service(5) and systemd.syntax(7); crontab(5); launchd.plist(5).
"""

import plistlib
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

LABEL: Final = "org.pressdex.watch"
EVERY_M: Final = 10  # minutes between two runs by cron: the least time between two visits by default


def systemd(command: Sequence[str], home: Path) -> str:
    """Write a systemd unit that watches; for a user's own manager or the system's.

    Args:
        command: absolute path and arguments of press-crawl, ``--home`` included.
        home: the one folder it may write; passwords for notices may stand in its file ``environment``.
    """
    return f"""\
[Unit]
Description=Pressdex: follow newsrooms
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
ExecStart={" ".join(_systemd_word(word.replace("$", "$$")) for word in [*command, "watch"])}
Restart=on-failure
RestartSec=60
TimeoutStopSec=120
Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={_systemd_word(str(home))}
EnvironmentFile=-{str(home / "environment").replace("%", "%%")}

[Install]
WantedBy=default.target
"""


def cron(command: Sequence[str], minute: int) -> str:
    """Write a line of a crontab that visits what is due every ten minutes.

    Args:
        command: absolute path and arguments of press-crawl, ``--home`` included.
        minute: 0 to 9, on which the first run of an hour starts: not all of the world's at once.
    """
    words = shlex.join([*command, "run"]).replace("%", r"\%")
    return f"{minute}-59/{EVERY_M} * * * * {words}\n"


def launchd(command: Sequence[str], home: Path) -> str:
    """Write a launchd agent that watches."""
    return plistlib.dumps(
        {
            "Label": LABEL,
            "ProgramArguments": [*command, "watch"],
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ProcessType": "Background",
            "StandardOutPath": str(home / "watch.log"),
            "StandardErrorPath": str(home / "watch.log"),
        },
        sort_keys=False,
    ).decode()


def _systemd_word(word: str) -> str:
    """Quote one word of a line: ``%`` begins a specifier there; ``$`` a variable, but in commands alone."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if any(char in word for char in " '\"\t;") or word != escaped else escaped
