"""Where deliveries go: a URL, a WSGI application, a Bolt `App` in this process. Each takes a request and gives an answer."""

from __future__ import annotations

import http.client
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

PATH = "/slack/events"


@dataclass(frozen=True)
class Request:
    """What Slack sends: by HTTP its body and headers, by socket its payload and the number of the retry."""

    kind: str
    payload: Mapping[str, Any]
    body: str
    headers: Mapping[str, str]
    timeout: float


@dataclass(frozen=True)
class Answer:
    """What a bot said to a request."""

    status: int
    body: str = ""
    headers: Mapping[str, str] | None = None

    @property
    def value(self) -> Any:
        """The body: JSON as what it stands for, else as text; nothing when it is empty."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return self.body


class Target(Protocol):
    """Something that takes requests; raises TimeoutError or ConnectionError where there is no answer."""

    def post(self, request: Request) -> Answer: ...


class HttpTarget:
    """A bot behind a URL."""

    is_seen = False

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host, self.path = parts.netloc, parts.path if parts.path not in ("", "/") else PATH
        self.tls = parts.scheme == "https"

    def __str__(self) -> str:
        return f"{self.host}{self.path}"

    def post(self, request: Request) -> Answer:
        make = http.client.HTTPSConnection if self.tls else http.client.HTTPConnection
        connection = make(self.host, timeout=request.timeout)
        try:
            connection.request("POST", self.path, request.body.encode(), dict(request.headers))
            with connection.getresponse() as response:  # closed by itself where it breaks off: the connection has let go of it by then
                return Answer(response.status, response.read().decode(), lowered(response.getheaders()))
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()


class WsgiTarget:
    """A WSGI application, such as Flask's."""

    is_seen = False

    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application

    def post(self, request: Request) -> Answer:
        body = request.body.encode()
        environ: dict[str, Any] = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
        environ |= {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": PATH,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "CONTENT_TYPE": request.headers["Content-Type"],
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        begun: list[Any] = []
        parts = self.application(environ, lambda status, headers, exc_info=None: begun.append((status, headers)))
        try:
            said = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        status, headers = begun[-1]
        return Answer(int(status.split()[0]), said.decode(), lowered(headers))


class BoltTarget:
    """A Bolt `App`, asked without HTTP and with its signature checked all the same."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def post(self, request: Request) -> Answer:
        from slack_bolt.request import BoltRequest  # noqa: PLC0415 - only this target needs Bolt

        response = self.app.dispatch(BoltRequest(body=request.body, headers=dict(request.headers)))
        headers = {name: ", ".join(values) for name, values in response.headers.items()}
        return Answer(response.status, response.body if isinstance(response.body, str) else json.dumps(response.body), headers)


def target_of(thing: Any) -> Target:
    """The target for a URL, a Bolt app, a WSGI application, or what is a target already."""
    if isinstance(thing, str):
        return HttpTarget(thing)
    if hasattr(thing, "dispatch"):
        return BoltTarget(thing)
    return thing if hasattr(thing, "post") and not callable(thing) else WsgiTarget(thing)


def lowered(headers: Any) -> dict[str, str]:
    """Headers by their names in small letters."""
    return {name.lower(): value for name, value in headers}
