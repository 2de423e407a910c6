#!/usr/bin/python3
"""The package under AWS's own emulator of a function, the Runtime Interface Emulator (Apache-2.0),
which is a Go module: what our own Runtime API in tests has misread, it would not.

    rie.py install    builds it into build/cloud, where there is a Go new enough
    rie.py            runs the tests, under emulators.py run

Without Go it says what it leaves out; under CI that is a failure.
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import unittest

from emulators import PATIENCE, Trouble, die_with_parent, free_port, say, step

MODULE = "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie"
VERSION = "v0.0.0-20261030222936-bef5c4ba774d"
GO_NEEDED = (1, 22)
CLOUD = pathlib.Path(__file__).resolve().parents[2] / "build" / "cloud"
FOLDER = CLOUD / f"rie-{VERSION.split('-')[-1]}"
EMULATOR = FOLDER / "aws-lambda-rie"


def go_version():
    """(1, 26), or nothing where there is no Go."""
    if not shutil.which("go"):
        return None
    said = subprocess.run(["go", "env", "GOVERSION"], capture_output=True, text=True).stdout
    found = re.match(r"go(\d+)\.(\d+)", said)
    return tuple(map(int, found.groups())) if found else None


def install():
    if EMULATOR.exists():
        return 0
    version = go_version()
    if not version or version < GO_NEEDED:
        say(f"no Go {GO_NEEDED[0]}.{GO_NEEDED[1]} or newer: AWS's Runtime Interface Emulator is not built")
        return 1 if os.environ.get("CI") else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    step("env", f"GOBIN={FOLDER}", "go", "install", f"{MODULE}@{VERSION}")
    say(f"AWS's Runtime Interface Emulator built in {time.monotonic() - started:.0f} s")
    return 0


def request(path, method="GET", **headers):
    host = "api.example"
    return {"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "",
            "headers": {"host": host, **headers}, "isBase64Encoded": False,
            "requestContext": {"domainName": host, "http": {
                "method": method, "path": path, "sourceIp": "192.0.2.1"}}}


class Emulated:
    """One function in the emulator, which starts it at its first event."""

    def __init__(self, function):
        self.port, runtime = free_port(), free_port()
        self.log = open(function.folder / "rie.log", "w+b")
        bootstrap = function.folder / "bootstrap"  # as the package calls it
        if not bootstrap.exists():
            bootstrap.symlink_to(function.binary)
        self.process = subprocess.Popen(
            [EMULATOR, "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
             "--runtime-api-address", f"127.0.0.1:{runtime}", bootstrap, function.name],
            cwd=function.folder, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            preexec_fn=die_with_parent, env={**os.environ, **function.variables})

    def invoke(self, event):
        """The answer's JSON, once the emulator listens."""
        deadline = time.monotonic() + 20 * PATIENCE
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20 * PATIENCE)
            try:
                connection.request("POST", "/2015-03-31/functions/function/invocations",
                                   json.dumps(event))
                return json.loads(connection.getresponse().read())
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            finally:
                connection.close()

    def told(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


class UnderAwsEmulator(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import account  # needs boto3, which only the tests do
        cls.account = account.Account()
        cls.addClassCleanup(cls.account.close)

    def emulated(self, role):
        one = Emulated(self.account.functions[role])
        self.addCleanup(one.close)
        return one

    def test_requests_are_answered_and_the_store_is_reached(self):
        ops = self.emulated("ops")
        for path in ("/healthz", "/readyz"):
            answer = ops.invoke(request(path))
            self.assertEqual((answer["statusCode"], json.loads(answer["body"])),
                             (200, {"status": "ok"}), ops.told()[-2000:])
        self.assertEqual(ops.invoke(request("/charters"))["statusCode"], 421)
        self.assertEqual(ops.invoke({"version": "1.0", **request("/")})["statusCode"], 421)

    def test_one_event_after_the_other_in_one_process(self):
        crew = self.emulated("crew")
        for _ in range(50):
            self.assertEqual(crew.invoke(request("/healthz"))["statusCode"], 200)
        self.assertEqual(crew.told().count("INIT START"), 1)

    def test_the_worker_sweeps(self):
        worker = self.emulated("worker")
        self.assertEqual(worker.invoke({"fairlead": "sweep"}), {})
        self.assertIn('"fairlead":"sweep"', worker.told())

    def test_an_event_of_no_kind_is_an_error_with_a_type(self):
        for role in ("ops", "worker"):
            with self.subTest(role):
                answer = self.emulated(role).invoke({"what": "is this"})
                self.assertEqual(answer["errorType"], "Fairlead.BadEvent")

    def test_a_function_without_settings_says_which_it_lacks(self):
        function = self.account.functions["ops"]
        kept = function.variables["FAIRLEAD_SETTINGS"]
        function.variables["FAIRLEAD_SETTINGS"] = kept.replace("owner_only", "# owner_only")
        self.addCleanup(function.variables.__setitem__, "FAIRLEAD_SETTINGS", kept)
        answer = self.emulated("ops").invoke(request("/healthz"))
        self.assertEqual(answer["errorType"], "Fairlead.Start")
        self.assertIn("store.owner_only", answer["errorMessage"])


def main():
    if sys.argv[1:] == ["install"]:
        try:
            return install()
        except Trouble as trouble:
            say(trouble)
            return 1
    if not EMULATOR.exists():
        say("NOT TESTED: the package under AWS's Runtime Interface Emulator (rie.py install)")
        return 1 if os.environ.get("CI") else 0
    return unittest.main(module="__main__")


if __name__ == "__main__":
    sys.exit(main())
