"""A house in AWS form, with the interface of tests/journeys/fairlead.py's House: requests come in
through the edge, roles of the binary run as Lambda functions, mails are read back from SES.

A suite of the journeys runs on it when FAIRLEAD_HOUSE is "aws", under `emulators.py run`.
"""

import pathlib
import sys
import tomllib

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parents[1] / "journeys")]

import account as accounts  # noqa: E402
import fairlead  # noqa: E402
import pumps  # noqa: E402
from edge import Edge, handler_for  # noqa: E402
from fairlead import EXAMPLES, wait_for  # noqa: E402
from on_account import OnAccount, sent_mails, verify  # noqa: E402
from runtime_api import QuietHandler, Server  # noqa: E402


class LambdaHouse(OnAccount, fairlead.House):
    """Deployed when it is made. start() and stop() put the edge before it and take it away; what is
    owed is done meanwhile too."""

    unknown_host_status = 403  # CloudFront's, which serves no host that is nobody's alias
    photo_seconds = 10  # S3 tells of a photo when it likes

    def __init__(self, tenants=("jada", "tern"), endpoint_of=None, **parameters):
        self.account = accounts.Account(parameters, endpoint_of)
        self.edge = Edge(self.account)
        self.mails_before = len(sent_mails())
        self.pumps = pumps.Pumps(self.account)
        self.server = None
        super().__init__(tenants=())
        # The operator's own machine, with the account's names in its settings.
        self.environment = {**accounts.endpoints(), **accounts.CREDENTIALS}
        self.data.mkdir()
        key = self.data / "server.key"
        key.touch(0o600)
        key.write_text(self.account.server_key)
        (self.data / "fairlead.toml").write_text(
            self.account.functions["worker"].variables["FAIRLEAD_SETTINGS"])
        for tenant in tenants:
            self.apply(EXAMPLES / f"{tenant}.toml")

    def close(self):
        if self.server:
            self.stop()
        self.pumps.close()
        self.edge.close()
        wrong = self.wrong()
        self.account.close()
        self.temporary.cleanup()
        if wrong:
            raise AssertionError("\n".join(map(str, wrong)))

    def wrong(self):
        """What AWS would have refused of us, or given up for good."""
        refused = [fault for one in self.account.gateways.values() for fault in one.wrong]
        return refused + self.account.edge_faults + self.pumps.failures()

    def apply(self, tenant_file):
        made = super().apply(tenant_file)
        told = tomllib.loads(pathlib.Path(tenant_file).read_text())
        hosts = {site: f"{site}.{made['tenant']}.localhost" for site in ("ops", "crew", "guest")}
        hosts.update(told["sites"])
        for name, config in self.account.add_site(made["tenant"], hosts).items():
            self.edge.add(name, config)
        sender = told.get("mail", {}).get("from", f"no-reply@{hosts['guest']}")
        verify(sender.split("@")[1].rstrip(">"))
        return made

    def settings(self, text):
        """Of them only [public] is another one's than the template's."""
        self.account.public_url = tomllib.loads(text)["public"]["url"]
        settings = accounts.with_public_url(
            self.account.functions["worker"].variables["FAIRLEAD_SETTINGS"],
            self.account.public_url)
        (self.data / "fairlead.toml").write_text(settings)
        self.account.restart_functions()

    # The edge

    def start(self, port=0):
        if self.server is None:
            self.server = Server(handler_for(lambda: self.edge, QuietHandler), port)
        self.port = self.server.port

    def ended(self):
        return self.server is None

    def stop(self):
        self.server.close()
        self.server = None
        return 0

    kill = stop

    def schedule(self, word):
        """What the clock tells the worker: "sweep" each minute, "tidy" each night. Most tests do
        without."""
        return self.account.functions["worker"].invoke({"fairlead": word}).json

    def sweep(self):
        return self.schedule("sweep")

    # What stands where a folder has it on one machine

    def log(self):
        return "".join(one.log() for one in self.account.functions.values())

    def stdout(self):
        """Lambda has one stream of text for both."""
        return self.log()

    def settled(self, seconds=20):
        """Waits until nothing is on its way to a function."""
        wait_for(lambda: all(pump.events.empty() for pump in self.pumps.every()
                             if isinstance(pump, pumps.TopicPump)), "deliveries", seconds)
