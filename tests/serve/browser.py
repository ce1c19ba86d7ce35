"""Drive a headless Chromium through its own pipe (the DevTools protocol), with nothing else installed."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

CHROMIUM: Final = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)

#: No window, no sandbox (tests may run as root), nothing of its own over the network.
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)
#: The browser reads from descriptor 3 and writes to descriptor 4.
LAUNCH: Final = """
import fcntl, os, sys
read, write = (fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3])
os.dup2(read, 3)
os.dup2(write, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
TAB: Final = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
ENTER: Final = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}


class Browser:
    """One page in one browser; a context manager."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM
        theirs_in, ours_out = os.pipe()
        ours_in, theirs_out = os.pipe()
        pipes = (str(theirs_in), str(theirs_out))
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                LAUNCH,
                *pipes,
                CHROMIUM,
                *FLAGS,
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._out = os.fdopen(ours_out, "wb", buffering=0)
        self._in = os.fdopen(ours_in, "rb")
        self._number = 0
        self._session: str | None = None
        #: What the browser complained of: refused styles, missing files, broken markup.
        self.complaints: list[str] = []
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        pages = self._ask("Target.getTargets")["targetInfos"]
        page = next(one["targetId"] for one in pages if one["type"] == "page")
        self._session = self._ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._ask(f"{domain}.enable")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session = None
        self._ask("Browser.close")
        self._process.wait(20)
        self._out.close()
        self._in.close()

    def open(self, url: str) -> None:
        """Go to a page and wait until all of it is there."""
        self._seen.clear()
        self._ask("Page.navigate", url=url)
        self._wait("Page.loadEventFired")

    def screen(self, *, width: int, height: int = 900, dark: bool = False) -> None:
        """Be a screen of this width in CSS pixels, in light or in dark."""
        self._ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._ask("Emulation.setEmulatedMedia", features=[scheme])

    def tell(self, expression: str) -> Any:
        """Give the value of a JavaScript expression; our question, which no policy of the page stops."""
        answer = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: dict[str, Any]) -> None:
        """Press and release a key."""
        self._ask("Input.dispatchKeyEvent", type="keyDown", **key)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **key)

    def follow(self) -> None:
        """Press Enter and wait for the page that it leads to."""
        self._seen.clear()
        self.press(ENTER)
        self._wait("Page.loadEventFired")

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self._ask("Input.insertText", text=text)

    def picture(self) -> bytes:
        """Give the whole page as PNG."""
        shot = self._ask("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _wait(self, event: str) -> None:
        while event not in self._seen:
            self._next()

    def _next(self) -> Any:
        message = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            assert byte, "the browser is gone"
            message += byte
        told = json.loads(message)
        self._seen.add(told.get("method", ""))
        if told.get("method") == "Log.entryAdded":
            entry = told["params"]["entry"]
            self.complaints.append(f"{entry['level']}: {entry['text']} {entry.get('url', '')}")
        return told
