"""Whether emulate can be started here, and loud words where it cannot.

A plugin of pytest and no part of a conftest, because with `-n` the process that writes the summary reads no conftest of a folder.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "emulate" / "dist" / "index.js"
OLDEST = 20
"""The first version of Node that emulate's own dependencies take."""
WITHOUT = f"no Node {OLDEST} with npm: the bot was NOT tried against emulate"
ABSENT = 3
"""What this program ends with where there is none."""
LOUD = f"{WITHOUT}, the Slack that no one here wrote. Install Node {OLDEST} or newer, then `make test` again."
INSTALL = "Node is here and emulate is not: `make emulate` installs it"


def can_run() -> bool:
    """Whether Node and npm are here, and new enough."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    return version is not None and int(version[1]) >= OLDEST


def need_emulate() -> Path:
    """The program. Skips where there is no Node; fails where there is one and the program is missing."""
    if not can_run():
        pytest.skip(WITHOUT)
    if not PROGRAM.exists():
        pytest.fail(INSTALL, pytrace=False)
    return PROGRAM


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says at the end, in red, that these tests were not run."""
    skipped = [report for report in terminalreporter.stats.get("skipped", ()) if WITHOUT in str(report.longrepr)]
    if skipped:
        terminalreporter.write_sep("=", "NOT TESTED", red=True, bold=True)
        terminalreporter.write_line(f"{len(skipped)} tests were skipped: {LOUD}", red=True, bold=True)


def main() -> int:
    """Says whether emulate is to be installed, for `make`; loudly, where it cannot be."""
    if can_run():
        return 0
    sys.stderr.write(f"\n\033[1;31mNOT TESTED: {LOUD}\033[0m\n\n")
    return ABSENT


if __name__ == "__main__":
    sys.exit(main())
