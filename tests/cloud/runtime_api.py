"""Lambda's side of a function, for tests: each environment is one process of the binary with a
Runtime API of its own on loopback.

As on AWS: a process gets one event at a time; between two it is frozen; at the function's timeout
it is killed, whatever it is at; a process that ended is replaced when there is work. Sources: AWS
Lambda Developer Guide, "Using the Lambda runtime API" and "Lambda execution environment".
"""

import concurrent.futures
import dataclasses
import http.client
import http.server
import json
import os
import pathlib
import re
import signal
import subprocess
import threading
import time
import uuid

from emulators import PATIENCE, die_with_parent

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("FAIRLEAD_LAMBDA_BINARY", str(ROOT / "build" / "release" / "fairlead"))
INIT_SECONDS = 10  # Lambda's own limit
ANSWER_BYTES_MAX = 6 * 1024 * 1024
PREFIX = "/2018-06-01/runtime"
# Linux ends a child with the thread that made it, where it was asked to; this one stays.
STARTER = concurrent.futures.ThreadPoolExecutor(1)


@dataclasses.dataclass
class Outcome:
    """What an invocation came to: a payload, or an error in words."""
    payload: bytes = None
    error: str = None

    @property
    def json(self):
        if self.error:
            raise AssertionError(f"the function failed: {self.error}")
        return json.loads(self.payload)


class QuietHandler(http.server.BaseHTTPRequestHandler):
    """HTTP/1.1 with kept connections; each answer leaves in one piece."""
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def give(self, status, body=b"", headers=()):
        lines = [f"HTTP/1.1 {status} {http.client.responses.get(status, 'Other')}"]
        lines += [f"{name}: {value}" for name, value in headers]
        lines += [f"Content-Length: {len(body)}", "", ""]
        sent = b"" if self.command == "HEAD" else body
        self.wfile.write("\r\n".join(lines).encode("latin-1") + sent)


class Server(http.server.ThreadingHTTPServer):
    """On loopback, ready at once; its threads end with the process."""
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, handler, port=0):
        super().__init__(("127.0.0.1", port), handler)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, request, client_address):
        """A caller who is gone, such as a killed process, is no error of the server's."""

    def close(self):
        self.shutdown()
        self.server_close()


class Environment:
    """One process and its Runtime API. After the process has ended, nothing revives it."""

    def __init__(self, function):
        self.function = function
        self.changed = threading.Condition()
        self.event, self.outcome, self.request_id = None, None, None
        self.handed_at, self.waits, self.init_error = None, False, None
        self.server = Server(self.handler())
        # It may ask for work before we know what it is called.
        with open(function.log_file, "ab") as log, self.changed:
            self.process = STARTER.submit(
                subprocess.Popen, [function.binary], stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, cwd=function.folder, preexec_fn=die_with_parent,
                env=function.environment_of(self.server.port)).result()

    # What the process asks

    def handler(self):
        environment = self

        class RuntimeApi(QuietHandler):
            def do_GET(self):
                if self.path != f"{PREFIX}/invocation/next":
                    return self.give(404)
                request_id, event, deadline = environment.next()
                self.give(200, event, [
                    ("Content-Type", "application/json"),
                    ("Lambda-Runtime-Aws-Request-Id", request_id),
                    ("Lambda-Runtime-Deadline-Ms", str(int(deadline * 1000))),
                    ("Lambda-Runtime-Invoked-Function-Arn", environment.function.arn),
                    ("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")])

            def do_POST(self):
                self.give(environment.take(self.path, self.body()), b'{"status":"OK"}',
                          [("Content-Type", "application/json")])
        return RuntimeApi

    def next(self):
        """Blocks, with the process frozen, until there is an event."""
        with self.changed:
            self.waits = True
            self.changed.notify_all()
            while self.event is None:
                self.process.send_signal(signal.SIGSTOP)
                self.changed.wait()
            event, self.event, self.waits = self.event, None, False
            self.handed_at = time.monotonic()
            self.changed.notify_all()
            return self.request_id, event, time.time() + self.function.timeout

    def take(self, path, body):
        """The status that a posted answer is given."""
        if path == f"{PREFIX}/init/error":
            self.init_error = body.decode(errors="replace")
            return 202
        found = re.fullmatch(PREFIX + r"/invocation/([^/]+)/(response|error)", path)
        with self.changed:
            if not found or found[1] != self.request_id or self.outcome:
                return 403
            if found[2] == "error":
                self.outcome = Outcome(error=body.decode(errors="replace"))
            elif len(body) > ANSWER_BYTES_MAX:
                self.outcome = Outcome(error="Function.ResponseSizeTooLarge")
            else:
                self.outcome = Outcome(payload=body)
            self.changed.notify_all()
            return 413 if self.outcome.error == "Function.ResponseSizeTooLarge" else 202

    # What the platform does

    def run(self, event):
        with self.changed:
            self.outcome, self.handed_at = None, None
            self.request_id, self.event = str(uuid.uuid4()), event
            asked_at = time.monotonic()
            self.process.send_signal(signal.SIGCONT)
            self.changed.notify_all()
            while self.outcome is None:
                self.changed.wait(0.02)
                trouble = self.outcome or self.trouble(asked_at)
                if trouble:
                    self.outcome = trouble
            return self.outcome

    def trouble(self, asked_at):
        """The end of an invocation that gets no answer; None while it may still get one."""
        if self.process.poll() is not None:
            said = self.function.log()[-500:]
            return Outcome(error=self.init_error or (
                f"Runtime exited: {self.process.returncode}; the log ends: {said}"))
        now, limit = time.monotonic(), self.function.timeout
        if self.handed_at is None:
            late = now - asked_at > INIT_SECONDS * PATIENCE
            told = "the process does not ask for work"
        else:
            late = now - self.handed_at > limit
            told = f"Task timed out after {limit:.2f} seconds"
        if not late:
            return None
        self.process.kill()
        self.process.wait()
        return Outcome(error=told)

    @property
    def ended(self):
        return self.process.poll() is not None

    def close(self):
        self.process.kill()
        self.process.wait()
        self.server.close()


class Function:
    """A deployed function. invoke() may be called from many threads; at most `concurrency` of its
    processes work at once, and what comes on top waits."""

    def __init__(self, name, folder, environment, timeout=29, concurrency=1):
        self.name, self.timeout = name, timeout
        self.binary, self.variables = BINARY, environment
        self.arn = f"arn:aws:lambda:eu-west-1:123456789012:function:{name}"
        self.folder = pathlib.Path(folder) / f"task-{name}"
        self.folder.mkdir(exist_ok=True)
        self.log_file = pathlib.Path(folder) / f"log-{name}"
        self.log_file.touch()
        self.idle, self.lock = [], threading.Lock()
        self.places = threading.Semaphore(concurrency)
        self.all = set()

    def environment_of(self, port):
        """What AWS sets, and what the template gives."""
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "en_US.UTF-8", "TZ": ":UTC",
                "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}", "_HANDLER": self.name,
                "AWS_LAMBDA_FUNCTION_NAME": self.name, "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
                "LAMBDA_TASK_ROOT": str(pathlib.Path(self.binary).parent),
                "LAMBDA_RUNTIME_DIR": "/var/runtime",
                "AWS_EXECUTION_ENV": "AWS_Lambda_provided.al2023", **self.variables}

    def invoke(self, event):
        """Hands the event (bytes, or what becomes JSON) to a process; an Outcome."""
        raw = event if isinstance(event, bytes) else json.dumps(event).encode()
        with self.places:
            environment = self.environment()
            outcome = environment.run(raw)
            with self.lock:
                if not environment.ended and environment in self.all:
                    self.idle.append(environment)
                    return outcome
            self.drop(environment)
            return outcome

    def environment(self):
        """A warm one where there is one, and else a cold start."""
        with self.lock:
            while self.idle:
                warm = self.idle.pop()
                if not warm.ended:
                    return warm
                self.all.discard(warm)
        cold = Environment(self)
        with self.lock:
            self.all.add(cold)
        return cold

    def drop(self, environment):
        with self.lock:
            self.all.discard(environment)
        environment.close()

    def processes(self):
        with self.lock:
            return [environment.process for environment in self.all]

    def close(self):
        """Ends every process. The next event starts anew, as after a deployment."""
        with self.lock:
            ending, self.all, self.idle = list(self.all), set(), []
        for environment in ending:
            environment.close()

    def log(self):
        return self.log_file.read_text(errors="replace")
