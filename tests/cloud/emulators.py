#!/usr/bin/python3
"""Stand-ins for AWS on this machine, for tests that would otherwise need an account.

    emulators.py install          puts them into build/cloud, from requirements.txt beside this file
    emulators.py run COMMAND...   starts them, runs COMMAND, stops them, exits as COMMAND did

COMMAND finds DynamoDB and S3 at FAIRLEAD_DYNAMODB; SNS, SES, Secrets Manager, Systems Manager and
CloudFront at FAIRLEAD_MOTO. The first two are MiniStack's, the rest is moto's: moto's own DynamoDB
takes a repeated transaction for a new one, and AWS's emulator of it is not open source. Both keep
everything in memory.

Where they are not installed, `run` says what it leaves out and exits 0; under CI that is a failure.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import http.client
import importlib.util
import os
import pathlib
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time

REQUIREMENTS = pathlib.Path(__file__).resolve().with_name("requirements.txt")
CLOUD = REQUIREMENTS.parents[2] / "build" / "cloud"
VENV = CLOUD / "venv"
STAMP = CLOUD / "installed"
PATIENCE = float(os.environ.get("FAIRLEAD_PATIENCE", "1"))
START_SECONDS, STOP_SECONDS = 60 * PATIENCE, 5 * PATIENCE
STARTS_MAX = 5
TOLD = 3000  # characters of what somebody else printed
KEY = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "nobody's"}
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


class Trouble(Exception):
    """What a person has to be told; no traceback helps them."""


def say(text):
    print(f"   emulators: {text}", file=sys.stderr, flush=True)


# Installing

def wanted_stamp():
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def is_installed():
    """Wholly, since the stamp is written last, and from today's requirements."""
    return (STAMP.is_file() and STAMP.read_text() == wanted_stamp()
            and (VENV / "bin" / "python").exists())


def step(*command):
    """One command of the installation; what it printed is shown only if it failed."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Trouble(f"{shlex.join(map(str, command))} failed:\n{done.stdout[-TOLD:]}")


def install():
    CLOUD.mkdir(parents=True, exist_ok=True)
    with open(CLOUD / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would fill one folder
        if is_installed():
            return
        # Debian splits this module off its Python; without it venv fails with a riddle.
        if importlib.util.find_spec("ensurepip") is None:
            raise Trouble("Debian's package python3-venv is not installed: apt-get install it")
        started = time.monotonic()
        STAMP.unlink(missing_ok=True)
        step(sys.executable, "-m", "venv", "--clear", VENV)
        pip = [VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check"]
        # Wheels only: nobody's setup.py runs, and no compiler is needed.
        step(*pip, "install", "--no-input", "--quiet", "--no-deps", "--only-binary", ":all:",
             "-r", REQUIREMENTS)
        step(*pip, "check")
        STAMP.write_text(wanted_stamp())
        say(f"installed in build/cloud in {time.monotonic() - started:.0f} s")


# Running

def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def die_with_parent():
    """In the child: a runner that is killed, as by a test's deadline, leaves none behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def start(command, **how):
    return subprocess.Popen(command, start_new_session=True, preexec_fn=die_with_parent, **how)


def end(process):
    """SIGTERM to its whole group, and in the end SIGKILL to what is left of it. The group's id is
    nobody else's until the process is waited for; then there is nothing to do."""
    if process.returncode is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    look = os.WEXITED | os.WNOHANG | os.WNOWAIT
    while os.waitid(os.P_PID, process.pid, look) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Server:
    """One emulator. Its kind has a name, a command, settings, and a sign: a request of its own
    service, since an open port alone says nothing."""

    def __init__(self, folder):
        self.folder = folder / self.name
        self.folder.mkdir()
        self.launch()

    def launch(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # Their temporary files go with the run. Both can drive Docker, and must not find the
        # containers of the machine they run on.
        environment = {**os.environ, "TMPDIR": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1",
                       "DOCKER_HOST": f"unix://{self.folder}/none", **self.settings()}
        with open(self.folder / "log", "wb") as log:
            self.process = start(self.command(), env=environment, cwd=self.folder,
                                 stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(*self.sign)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait(self):
        """Until it answers. Between our look at a port and its own, somebody may take the port."""
        deadline = time.monotonic() + START_SECONDS
        starts = 1
        while not self.answers():
            ended = self.process.poll() is not None
            if time.monotonic() > deadline or (ended and starts == STARTS_MAX):
                printed = (self.folder / "log").read_text(errors="replace")[-TOLD:]
                raise Trouble(f"{self.name} does not start:\n{printed}")
            if ended:
                starts += 1
                self.launch()
            time.sleep(0.05)


class DynamoDb(Server):
    name = "dynamodb"
    sign = ("POST", "/", b"{}", {"Content-Type": "application/x-amz-json-1.0",
                                 "X-Amz-Target": "DynamoDB_20120810.ListTables"})

    def command(self):
        return [str(VENV / "bin" / "ministack")]

    def settings(self):
        # It would listen on every interface, and bring up listeners of services nobody asked for.
        # Of a presigned address it checks the signature, by the key that it finds in its own
        # environment.
        return {**KEY, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port),
                "SERVICES": "dynamodb,dynamodbstreams,s3", "PERSIST_STATE": "0", "USE_SSL": "0",
                "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "LOG_LEVEL": "WARNING"}


class Moto(Server):
    name = "moto"
    sign = ("GET", "/moto-api/data.json")

    def command(self):
        return [str(VENV / "bin" / "moto_server"), "-H", "127.0.0.1", "-p", str(self.port)]

    def settings(self):
        return {}


def test_environment(dynamodb, moto):
    """For what is tested. Nothing of a real account is left in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return {**kept, "FAIRLEAD_DYNAMODB": dynamodb.url, "FAIRLEAD_MOTO": moto.url,
            **KEY, "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1",
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true"}


@contextlib.contextmanager
def running():
    """Both, answering; gives the environment to test in."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="fairlead-cloud-"))
        servers = []
        for kind in (DynamoDb, Moto):
            servers.append(kind(pathlib.Path(folder)))
            stack.callback(lambda server: end(server.process), servers[-1])
        for server in servers:
            server.wait()
        yield test_environment(*servers)


def run(command):
    if not is_installed():
        say("NOT INSTALLED, or not from today's tests/cloud/requirements.txt")
        say("NOT TESTED: DynamoDB, S3, SNS, SES, Secrets Manager, Systems Manager and CloudFront")
        say(f"NOT RUN: {shlex.join(command)}; first: tests/cloud/emulators.py install")
        return 1 if os.environ.get("CI") else 0
    # So that everything is stopped on the way out.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with running() as environment:
        try:
            tested = start(command, env=environment)
        except OSError as error:
            raise Trouble(f"{command[0]}: {error.strerror}") from None
        try:
            code = tested.wait()
        finally:
            end(tested)
    return code if code >= 0 else 128 - code


def main(arguments):
    try:
        if arguments == ["install"]:
            install()
            return 0
        if len(arguments) > 1 and arguments[0] == "run":
            return run(arguments[1:])
    except Trouble as trouble:
        say(trouble)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
