"""Load over HTTP: wrk for one page again and again, and a client of our own for requests that differ.

Always: an answer that is not the expected one makes the row fail, it is never counted.
"""

import dataclasses
import json
import pathlib
import select
import socket
import time

from measure import CannotRun, cpu_seconds, pinned, tool

CLIENTS = 64
HERE = pathlib.Path(__file__).resolve().parent


@dataclasses.dataclass
class Served:
    """What one round of load got out of a server."""
    requests: int
    seconds: float
    cpu: float
    p50_us: float
    p99_us: float

    @property
    def per_cpu_second(self):
        return self.requests / self.cpu

    @property
    def per_second(self):
        return self.requests / self.seconds


def wrk(server, core, page, seconds):
    """A browser-like request for one page over 64 kept connections. page: (host, path, encodings)."""
    host, path, encodings = page
    before = cpu_seconds(server.pid)
    with pinned(core):
        text = tool(["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "-s", str(HERE / "browser.lua"),
                     f"http://127.0.0.1:{server.port}{path}", "--", host, encodings], seconds + 20)
    cpu = cpu_seconds(server.pid) - before
    said = json.loads(text.splitlines()[-1])
    if said["errors"] or not said["requests"]:
        raise CannotRun(f"wrk counts {said['errors']} errors in {said['requests']} requests")
    return Served(said["requests"], said["seconds"], cpu, said["p50"], said["p99"])


class Client:
    """One kept connection with one request under way."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer, self.asked_at = b"", 0.0

    def ask(self, request):
        self.answer, self.asked_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def read(self):
        """True when the answer is whole."""
        piece = self.socket.recv(65536)
        if not piece:
            raise CannotRun("the server closed a connection")
        self.answer += piece
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return False
        at = head.lower().index(b"content-length:") + 15
        return len(body) >= int(head[at:].split(b"\r\n", 1)[0])


def post_all(server, core, requests, expected=b"HTTP/1.1 201"):
    """Sends every request once, 64 at a time, and waits for every answer."""
    with pinned(core):
        return _post_all(server, requests, expected)


def _post_all(server, requests, expected):
    waiting = iter(requests)
    clients = {}
    poll = select.epoll()
    took = []
    before, started = cpu_seconds(server.pid), time.perf_counter()
    for _ in range(CLIENTS):
        client = Client(server.port)
        clients[client.socket.fileno()] = client
        poll.register(client.socket, select.EPOLLIN)
        client.ask(next(waiting))
    while len(took) < len(requests):
        ready = poll.poll(30)
        if not ready:
            raise CannotRun("no answer for 30 s")
        for number, _ in ready:
            client = clients[number]
            if not client.read():
                continue
            if not client.answer.startswith(expected):
                raise CannotRun(f"an answer that was not expected: {client.answer[:500]!r}")
            took.append(time.perf_counter() - client.asked_at)
            request = next(waiting, None)
            if request:
                client.ask(request)
    seconds, cpu = time.perf_counter() - started, cpu_seconds(server.pid) - before
    for client in clients.values():
        client.socket.close()
    took.sort()
    return Served(len(took), seconds, cpu, 1e6 * took[len(took) // 2],
                  1e6 * took[len(took) * 99 // 100])


def post_one(server, request, expected=b"HTTP/1.1 201"):
    """One request before the clock runs: it proves the key and fills what is filled once."""
    client = Client(server.port)
    client.ask(request)
    while not client.read():
        pass
    client.socket.close()
    if not client.answer.startswith(expected):
        raise CannotRun(f"an answer that was not expected: {client.answer[:500]!r}")
