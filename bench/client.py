"""A small client that sends prepared requests over kept connections."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field


def request(
    path: str,
    *,
    cookies: dict[str, str] | None = None,
    body: object = None,
    form: str = "",
    headers: dict[str, str] | None = None,
) -> bytes:
    """The bytes of one request: GET, or POST with JSON or a form. Compressed as a browser asks."""
    lines = ["Host: 127.0.0.1", "Accept-Encoding: gzip, br"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if cookies:
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    content = b""
    if body is not None:
        content = json.dumps(body).encode()
        lines += ["Content-Type: application/json", "Accept: application/json"]
    elif form:
        content = form.encode()
        lines.append("Content-Type: application/x-www-form-urlencoded")
    if content:
        lines += ["Sec-Fetch-Site: same-origin", f"Content-Length: {len(content)}"]
    method = "POST" if content else "GET"
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode() + content


@dataclass
class Response:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    wire_bytes: int  # head and body, as they came


class Wire:
    """One kept connection. Knows no more of HTTP than our own server says."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""
        self.received = 0

    def ask(self, sent: bytes) -> Response:
        started, received = time.perf_counter(), self.received
        self.socket.sendall(sent)
        head = self._until(b"\r\n\r\n").decode("latin-1")
        first, *lines = head.split("\r\n")
        pairs = [line.partition(":") for line in lines]
        headers = {name.lower(): value.strip() for name, _colon, value in pairs}
        if headers.get("transfer-encoding") == "chunked":
            body = b"".join(iter(self._chunk, b""))
        else:
            body = self._exactly(int(headers.get("content-length", "0")))
        seconds = time.perf_counter() - started
        wire_bytes = self.received - received
        return Response(int(first.split()[1]), headers, body, seconds, wire_bytes)

    def _chunk(self) -> bytes:
        """The next piece; empty at the end."""
        piece = self._exactly(int(self._until(b"\r\n"), 16))
        self._until(b"\r\n")
        return piece

    def _until(self, mark: bytes) -> bytes:
        while (end := self.rest.find(mark)) < 0:
            self.rest += self._more()
        found, self.rest = self.rest[:end], self.rest[end + len(mark) :]
        return found

    def _exactly(self, length: int) -> bytes:
        while len(self.rest) < length:
            self.rest += self._more()
        found, self.rest = self.rest[:length], self.rest[length:]
        return found

    def _more(self) -> bytes:
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server hung up")
        self.received += len(more)
        return more

    def close(self) -> None:
        self.socket.close()


@dataclass
class Load:
    """What came back for a number of requests."""

    seconds: float
    responses: list[Response] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.responses) / self.seconds

    def percentile_ms(self, share: float) -> float:
        times = sorted(response.seconds for response in self.responses)
        return 1000 * times[min(len(times) - 1, int(share * len(times)))]

    @property
    def statuses(self) -> set[int]:
        return {response.status for response in self.responses}


def send_all(port: int, lanes: Iterable[list[bytes]]) -> Load:
    """Each lane is one connection that sends its requests one after the other."""
    lanes = [lane for lane in lanes if lane]
    responses: list[Response] = []
    failures: list[BaseException] = []

    def run(lane: list[bytes]) -> None:
        try:
            wire = Wire(port)
            own = [wire.ask(sent) for sent in lane]
            wire.close()
            responses.extend(own)
        except BaseException as error:  # a thread cannot raise
            failures.append(error)

    threads = [threading.Thread(target=run, args=(lane,)) for lane in lanes]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return Load(time.perf_counter() - started, responses)
