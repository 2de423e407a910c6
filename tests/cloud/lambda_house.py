"""A house in AWS form, with the interface of tests/journeys/fairlead.py's House: requests come in
through the edge, roles of the binary run as Lambda functions, mails are read back from SES.

A suite of the journeys runs on it when FAIRLEAD_HOUSE is "aws", under `emulators.py run`.
"""

import json
import os
import pathlib
import sys
import tomllib
import urllib.request

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parents[1] / "journeys")]

import account as accounts  # noqa: E402
import fairlead  # noqa: E402
import pumps  # noqa: E402
from edge import Edge, handler_for  # noqa: E402
from fairlead import EXAMPLES, Mail, wait_for  # noqa: E402
from runtime_api import QuietHandler, Server  # noqa: E402


def sent_mails():
    """Every raw mail that moto's SES has taken since it started, in order."""
    with urllib.request.urlopen(f"{os.environ['FAIRLEAD_MOTO']}/moto-api/data.json") as page:
        taken = json.load(page).get("ses", {}).get("RawMessage", [])
    return [Mail(one["raw_data"].encode()) for one in taken]


class LambdaHouse(fairlead.House):
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
        self.verify(sender.split("@")[1].rstrip(">"))
        return made

    @staticmethod
    def verify(domain):
        """The identity that site.yaml makes, as SES has it once its records stand in the DNS."""
        accounts.client("sesv2").create_email_identity(EmailIdentity=domain)

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

    def own_mails(self):
        return sent_mails()[self.mails_before:]

    def mails(self):
        return {mail["X-Fairlead-Id"]: mail for mail in self.own_mails()}

    def mail_count(self):
        """What is sent again by itself is another suite's matter; the owner may ask for it."""
        return len(self.mails())

    def last_sent(self, job):
        """How often a mail was sent, and its bytes of the last time."""
        copies = [mail for mail in self.own_mails() if mail["X-Fairlead-Id"] == job]
        return len(copies), copies[-1].raw

    def published(self):
        """(name, bytes) of every object of the pages' bucket."""
        bucket = self.account.settings()["objects"]["pages"]
        client = self.account.s3
        for one in client.list_objects_v2(Bucket=bucket).get("Contents", []):
            yield one["Key"], client.get_object(Bucket=bucket, Key=one["Key"])["Body"].read()

    def records(self, table):
        """(partition, sort, body) of a table's records: "operations" or "owner_only"."""
        pages = self.account.dynamodb.get_paginator("scan").paginate(
            TableName=self.account.table(table), ConsistentRead=True)
        for page in pages:
            for item in page["Items"]:
                yield item["PK"]["S"], item["SK"]["S"], item["B"]["S"]

    def photo_bucket(self, name):
        """One for all tenants."""
        return self.account.settings()["objects"]["photos"]

    def form_headers(self, path):
        """moto's answer says neither what S3 says."""
        return {}

    def forms_key(self, tenant):
        """What signs forms: the keys of the role that gives them."""
        return (accounts.CREDENTIALS["AWS_ACCESS_KEY_ID"],
                accounts.CREDENTIALS["AWS_SECRET_ACCESS_KEY"])

    def settled(self, seconds=20):
        """Waits until nothing is on its way to a function."""
        wait_for(lambda: all(pump.events.empty() for pump in self.pumps.every()
                             if isinstance(pump, pumps.TopicPump)), "deliveries", seconds)
