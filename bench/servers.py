"""The servers that are measured: ours with the demo's data, and those it stands beside.

Each runs on one core, on a port of 127.0.0.1 that was free, with its files in a folder of its own.
"""

import atexit
import http.client
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile

from measure import CannotRun, pinned, until

ROOT = pathlib.Path(__file__).resolve().parents[1]
COMPARE = ROOT / "bench" / "compare"
sys.path.insert(0, str(ROOT / "tests" / "journeys"))
import fairlead  # noqa: E402  the journeys' way to drive the binary


def make_folder(name):
    """Beside the build, because /tmp may be memory, where a sync costs nothing."""
    parent = ROOT / "build" / "bench"
    parent.mkdir(parents=True, exist_ok=True)
    return pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-", dir=parent))


def remove_at_the_end(folder):
    """Of the whole run: ext4 without a journal passes over inodes that were freed in the last minutes,
    one by one, so that whoever makes files next would pay for those that were removed."""
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, host, path, **headers):
    """One GET: the body, when the answer is 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": host, **headers})
        answer = connection.getresponse()
        body = answer.read()
    except OSError as error:
        raise CannotRun(f"GET {path} at port {port}: {error}") from error
    finally:
        connection.close()
    if answer.status != 200:
        raise CannotRun(f"GET {path} is answered {answer.status}")
    return body


class Server:
    """A process on one core, stopped at the end of a with block."""
    pid = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        raise NotImplementedError


class Fairlead(Server):
    def __init__(self, core, tenants=("jada", "tern")):
        tempfile.tempdir = str(make_folder("fairlead"))
        self.folder = tempfile.tempdir
        self.house = fairlead.House(tenants)
        tempfile.tempdir = None
        self.maildrop = self.house.data / "maildrop"
        with pinned(core):
            self.house.start()
        self.pid, self.port = self.house.process.pid, self.house.port

    def apply(self, toml):
        return self.house.apply(self.house.write("tenant.toml", toml))

    def book_example(self):
        """The booking of the demo; the address of its guest page, and its charter."""
        answer = self.house.owner().post("/bookings", fairlead.example_booking())
        if answer.status != 201:
            raise CannotRun(f"the example booking is answered {answer}")
        self.house.finished_receipt(answer.json["charter"])
        return f"/g/{answer.json['slug']}.html", answer.json

    def stop(self):
        self.house.kill()
        atexit.register(self.house.close)  # a house that nobody holds removes its files at once
        remove_at_the_end(self.folder)


class Process(Server):
    """A foreign server that is ready once its port takes a connection."""

    def __init__(self, core, name, make_command, environment=None):
        self.folder, self.port = make_folder(name), free_port()
        command = make_command(self.folder, self.port)
        with pinned(core), open(self.folder / "log", "wb") as log:
            try:
                self.process = subprocess.Popen(
                    command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
            except FileNotFoundError as error:
                raise CannotRun(f"{command[0]} is not installed") from error
        self.pid = self.process.pid
        until(self.is_up, f"{name} listens", 15)

    def is_up(self):
        if self.process.poll() is not None:
            raise CannotRun(f"the server ended: {(self.folder / 'log').read_text()[-600:]}")
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            return True
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def nginx(core, put_files=lambda root: None):
    """bench/compare/nginx.conf, over a folder that put_files fills."""

    def command(folder, port):
        for part in ("root", "bodies", "scratch"):
            (folder / part).mkdir()
        put_files(folder / "root")
        text = (COMPARE / "nginx.conf").read_text()
        text = text.replace("@FOLDER@", str(folder)).replace("@PORT@", str(port))
        text = text.replace("@SINK@", str(free_port()))
        text = text.replace("@USER@", pwd.getpwuid(os.getuid()).pw_name)
        (folder / "nginx.conf").write_text(text)
        binary = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
        return [binary, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]

    return Process(core, "nginx", command)


def python_events(core, tenant_file):
    """bench/compare/events_app.py under uvicorn with its fast parts, as one worker."""

    def command(folder, port):
        return ["/usr/bin/python3", "-m", "uvicorn", "--app-dir", str(COMPARE), "events_app:app",
                "--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop", "--http",
                "httptools", "--no-access-log", "--log-level", "warning", "--lifespan", "off"]

    folder = make_folder("events")
    maildrop = folder / "maildrop"
    maildrop.mkdir()
    server = Process(core, "events", command,
                     {"EVENTS_DATABASE": str(folder / "events.db"), "EVENTS_TENANT": tenant_file,
                      "EVENTS_MAILDROP": str(maildrop), "PYTHONDONTWRITEBYTECODE": "1"})
    server.maildrop = maildrop
    remove_at_the_end(folder)
    return server
