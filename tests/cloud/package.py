"""The zip of `./dev package lambda` where nothing else is: an empty root with nothing but what it holds,
and the three files by which names become addresses.

    emulators.py run /usr/bin/python3 -B package.py ZIP      as root, who alone may change the root

Its binary runs there under a Runtime API of ours, as the function of the owner's site. DynamoDB is the
emulator, behind a name that only a name server of this test knows, and behind TLS with a certificate
that only an authority of this test vouches for.
"""

import contextlib
import os
import pathlib
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse
import zipfile

import boto3

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import function  # noqa: E402
import measure  # noqa: E402

TASK = "var/task"  # where Lambda puts a function
NAME_SERVER = "127.53.0.1"  # resolv.conf names no port, so the test has an address of its own
DYNAMODB, SECRETS = "dynamodb.fairlead.example", "secrets.fairlead.example"
LIFE_SECONDS = 4  # of an event; a store that cannot be reached is tried again until half a second before
PACKAGE = None


class Names(threading.Thread):
    """A name server: the two names are this machine, nothing else is. Source: RFC 1035."""

    def __init__(self):
        super().__init__(daemon=True)
        self.asked = set()
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((NAME_SERVER, 53))
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                query, client = self.socket.recvfrom(512)
                self.socket.sendto(self.answer(query), client)

    def answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode())
            at += 1 + query[at]
        question, kind = query[12:at + 5], struct.unpack(">H", query[at + 1:at + 3])[0]
        name = ".".join(labels)
        self.asked.add(name)
        known = name in (DYNAMODB, SECRETS)
        found = known and kind == 1  # A; whoever asks for AAAA learns that there is none
        head = query[:2] + struct.pack(">HHHHH", 0x8180 if known else 0x8183, 1, int(found), 0, 0)
        record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 1, 4) + socket.inet_aton("127.0.0.1")
        return head + question + (record if found else b"")


class Tls(threading.Thread):
    """Whatever comes by TLS goes on to a server without it, and back."""

    def __init__(self, certificate, upstream):
        super().__init__(daemon=True)
        self.upstream = upstream
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(*certificate)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def run(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, raw):
        """One side at a time is enough: HTTP/1.1 asks, and then is answered."""
        with contextlib.suppress(OSError), raw, \
                self.context.wrap_socket(raw, server_side=True) as client, \
                socket.create_connection(self.upstream) as server:
            server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=pump, args=(server, client), daemon=True)
            back.start()
            pump(client, server)
            back.join()


def pump(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


class Authority:
    """Signs certificates that live for a day, with Debian's openssl."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.file, _ = self.make("authority", "-addext", "keyUsage=critical,keyCertSign")

    def make(self, name, *more):
        certificate, key = (self.folder / f"{name}{ending}" for ending in (".pem", ".key"))
        measure.tool(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                      "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj",
                      f"/CN={name}", "-keyout", key, "-out", certificate, *more], 30)
        return certificate, key

    def certificate(self, host):
        return self.make(host, "-CA", self.file, "-CAkey", self.file.with_suffix(".key"),
                         "-addext", f"subjectAltName=DNS:{host}")


def make_table(endpoint):
    parts = ("PK", "HASH"), ("SK", "RANGE")
    with contextlib.closing(boto3.client("dynamodb", endpoint_url=endpoint)) as client:
        client.create_table(
            TableName="operations", BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in parts],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"}
                                  for name, _ in parts])


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.addClassCleanup(cls.stack.close)
        cls.folder = pathlib.Path(cls.stack.enter_context(
            tempfile.TemporaryDirectory(prefix="fairlead-package-")))
        cls.ours = Authority(cls.folder / "ours")
        cls.names = cls.stack.enter_context(Names())
        cls.secrets = cls.stack.enter_context(function.SecretsManager())
        address = urllib.parse.urlsplit(os.environ["FAIRLEAD_DYNAMODB"])
        cls.dynamodb = (address.hostname, address.port)
        make_table(address.geturl())

    def setUp(self):
        """An empty root, as small as a machine with names can be."""
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="root-", dir=self.folder))
        self.task = self.root / TASK
        self.task.mkdir(parents=True)
        function.unpack(PACKAGE, self.task)
        (self.root / "etc").mkdir()
        (self.root / "etc" / "resolv.conf").write_text(f"nameserver {NAME_SERVER}\n")
        (self.root / "etc" / "hosts").write_text("127.0.0.1 localhost\n")
        # Amazon Linux's; the library that knows the last one is not there.
        (self.root / "etc" / "nsswitch.conf").write_text("hosts: files dns myhostname\n")
        self.addCleanup(shutil.rmtree, self.root)

    def behind_tls(self, host, authority, upstream, named=None):
        """https://host:port, whose certificate is for `named`."""
        server = Tls(authority.certificate(named or host), upstream)
        self.enterContext(server)
        return f"https://{host}:{server.port}"

    @contextlib.contextmanager
    def started(self, dynamodb, secrets=None, believed=True):
        """The function in its root, with the event GET /healthz waiting for it."""
        more = {"AWS_ENDPOINT_URL_DYNAMODB": dynamodb, "AWS_ENDPOINT_URL_SECRETS_MANAGER":
                secrets or f"http://127.0.0.1:{self.secrets.port}"}
        if believed:
            shutil.copy(self.ours.file, self.root / "etc" / "test-authority.pem")
            more["SSL_CERT_FILE"] = "/etc/test-authority.pem"
        with function.RuntimeApi(LIFE_SECONDS) as api:
            api.send(function.get_event("/healthz"))
            environment = function.environment(f"/{TASK}", api.port, **more)
            command = [shutil.which("chroot", path="/usr/sbin:/usr/bin:/sbin:/bin"),
                       str(self.root), f"/{TASK}/bootstrap"]
            with function.Function(api, command, environment, self.root,
                                   self.folder / "log") as running:
                yield running

    def told(self):
        return (self.folder / "log").read_text(errors="replace")[-2000:]

    def test_the_binary_wants_nothing_of_the_machine(self):
        binary = self.task / "bootstrap"
        self.assertEqual(binary.stat().st_mode & 0o777, 0o755)
        segments = measure.tool(["readelf", "-lW", binary], 30)
        self.assertIn("LOAD", segments)
        self.assertNotRegex(segments, r"(?m)^\s*(INTERP|DYNAMIC)\s")
        self.assertIn("statically linked", measure.tool(["file", "-b", binary], 30))

    def test_the_same_inputs_are_the_same_bytes(self):
        again = self.folder / "again.zip"
        subprocess.run(["/usr/bin/python3", "-B", ROOT / "cmake" / "package_lambda.py",
                        self.task / "bootstrap", again], check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(again.read_bytes(), PACKAGE.read_bytes())

    def test_it_holds_what_it_reads_and_whose_work_it_is(self):
        with zipfile.ZipFile(PACKAGE) as package:
            names = package.namelist()
        for name in ("zoneinfo/America/Los_Angeles", "zoneinfo/US/Pacific", "zoneinfo/UTC",
                     "ca-certificates.crt", "LICENSE", "NOTICE", "licenses/libcrypt-dev"):
            self.assertIn(name, names)
        self.assertEqual([name for name in names if re.match(r"zoneinfo/(right|posix)/", name)], [])

    def test_it_answers_by_name_and_tls(self):
        dynamodb = self.behind_tls(DYNAMODB, self.ours, self.dynamodb)
        secrets = self.behind_tls(SECRETS, self.ours, ("127.0.0.1", self.secrets.port))
        with self.started(dynamodb, secrets) as running:
            answer, seconds = running.first_answer()
            self.assertEqual(answer.status, 200, self.told())
            memory = measure.memory_mib(running.pid, "VmHWM")
            ready = running.ask("/readyz")
            self.assertEqual(ready.status, 200, f"{ready} {self.told()}")
        self.assertLessEqual({DYNAMODB, SECRETS}, self.names.asked)
        size = PACKAGE.stat().st_size / 1e6
        print(f"\n   the zip has {size:.1f} MB; {seconds * 1000:.0f} ms from its start to its first "
              f"answer, two secrets by TLS included; {memory:.1f} MiB at most", file=sys.stderr)

    def test_a_wrong_certificate_is_refused(self):
        strangers = Authority(self.root / "strangers")
        for dynamodb in (self.behind_tls(DYNAMODB, strangers, self.dynamodb),
                         self.behind_tls(DYNAMODB, self.ours, self.dynamodb, SECRETS)):
            with self.started(dynamodb) as running:
                self.assertEqual(running.first_answer()[0].status, 200)
                self.assertEqual(running.ask("/readyz").status, 503)

    def test_a_name_that_nobody_knows_ends_no_process(self):
        """The last of nsswitch.conf's sources is asked for it, whose library is not there."""
        with self.started("https://nobody.fairlead.example:443") as running:
            running.first_answer()
            self.assertEqual(running.ask("/readyz").status, 503)
            self.assertEqual(running.ask("/healthz").status, 200)
        self.assertIn("nobody.fairlead.example", self.names.asked)

    def test_the_authorities_beside_it_are_believed_and_no_others(self):
        dynamodb = self.behind_tls(DYNAMODB, self.ours, self.dynamodb)
        for status in (503, 200):
            with self.started(dynamodb, believed=False) as running:
                running.first_answer()
                self.assertEqual(running.ask("/readyz").status, status, self.told())
            with open(self.task / "ca-certificates.crt", "ab") as file:
                file.write(self.ours.file.read_bytes())

    def test_without_time_zones_it_says_so_and_does_not_start(self):
        shutil.rmtree(self.task / "zoneinfo")
        dynamodb = self.behind_tls(DYNAMODB, self.ours, self.dynamodb)
        with self.started(dynamodb) as running:
            with self.assertRaisesRegex(measure.CannotRun, "init/error.*zone"):
                running.first_answer()


def main():
    global PACKAGE
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if os.geteuid() != 0:
        sys.exit("package.py: only root may change the root")
    PACKAGE = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()


if __name__ == "__main__":
    main()
