"""A house whose server is `fairlead serve`, and whose records, objects and mails are AWS's: with the
interface of tests/journeys/fairlead.py's House, as many as one likes on one account.

A suite of the journeys runs on it when FAIRLEAD_HOUSE is "served", under `emulators.py run`.
"""

import pathlib
import sys
import tomllib

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent),
                str(pathlib.Path(__file__).resolve().parents[1] / "journeys")]

import account as accounts  # noqa: E402
import fairlead  # noqa: E402
from fairlead import EXAMPLES  # noqa: E402
from on_account import OnAccount, sent_mails, verify  # noqa: E402

SETTINGS = """
[store]
engine = "dynamodb"
operations = "{operations}"
owner_only = "{owner_only}"
[objects]
engine = "s3"
pages = "{pages}"
photos = "{photos}"
[mail]
engine = "ses"
configuration_set = "{set}"
"""


class ServedHouse(OnAccount, fairlead.House):
    page_seconds = 5  # a server keeps pages for a second; the emulator may let it wait

    def __init__(self, tenants=("jada", "tern"), account=None):
        self.own = account is None
        self.account = account or accounts.Account()
        self.mails_before = len(sent_mails())
        super().__init__(tenants=())
        self.environment = accounts.endpoints()
        self.settings("")
        key = self.data / "server.key"
        key.touch(0o600)
        key.write_text(self.account.server_key)
        for tenant in tenants:
            self.apply(EXAMPLES / f"{tenant}.toml")

    def close(self):
        super().close()
        if self.own:
            self.account.close()

    def settings(self, text):
        told = self.account.settings()
        super().settings(text + SETTINGS.format(
            operations=self.account.table("operations"),
            owner_only=self.account.table("owner_only"), pages=told["objects"]["pages"],
            photos=told["objects"]["photos"], set=told["mail"]["configuration_set"]))

    def apply(self, tenant_file):
        made = super().apply(tenant_file)
        sender = tomllib.loads(pathlib.Path(tenant_file).read_text())["mail"]["from"]
        verify(sender.split("@")[1].rstrip(">"))
        return made
