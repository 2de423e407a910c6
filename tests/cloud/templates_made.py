"""deploy/aws/up, with AWS's own command, on moto: run by templates.py.

What moto has no model of is left out of the templates it is given, and printed; whatever refers to
it gets its name instead. A stack that moto makes from a change set, as `aws cloudformation deploy`
does, has no outputs; so one test does that, and for the others a stand-in for that command makes
the stack at once. Every other command is AWS's own.
"""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unittest
import zipfile

import boto3
from moto.cloudformation.parsing import get_model_map

import stacks

EXAMPLE = stacks.ROOT / "examples" / "jada.toml"
PROGRAM = pathlib.Path(os.environ.get("FAIRLEAD_BINARY", stacks.ROOT / "build/release/fairlead"))
BIN = pathlib.Path(sys.executable).parent
ROLES = ("ops", "crew", "worker", "notifier", "photos")
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/"
CERTIFICATES = ("--certificate-guest", CERTIFICATE + "guest",
                "--certificate-house", CERTIFICATE + "house")
BUCKET = "fairlead-code-123456789012-eu-west-1"  # moto's account


def without(template, dropped):
    """The template without these resources."""
    def replaced(text):
        return re.sub(r"\$\{(\w+)(?:\.[\w.]+)?\}",
                      lambda found: f"no-{found[1]}" if found[1] in dropped else found[0], text)

    def cut(node):
        if isinstance(node, list):
            return [cut(one) for one in node]
        if not isinstance(node, dict):
            return node
        if node.get("Ref") in dropped:
            return f"no-{node['Ref']}"
        if "Fn::GetAtt" in node and node["Fn::GetAtt"][0] in dropped:
            return f"no-{node['Fn::GetAtt'][0]}"
        if isinstance(node.get("Fn::Sub"), str):
            return {"Fn::Sub": replaced(node["Fn::Sub"])}
        return {key: cut(one) for key, one in node.items()}

    kept = {name: one for name, one in template["Resources"].items() if name not in dropped}
    for one in kept.values():
        if one.get("DependsOn") in dropped:
            del one["DependsOn"]
    return cut({**template, "Resources": kept})


def skipped_by_moto(template):
    known = get_model_map()
    return {name: one["Type"] for name, one in template["Resources"].items()
            if one["Type"] not in known}


# Stands before AWS's command in PATH. `deploy`: what was set before stays, as there.
STAND_IN = """#!{python}
import os, sys
import boto3
words = sys.argv[1:]
if words[:2] != ["cloudformation", "deploy"]:
    os.execv("{aws}", ["aws", *words])
def after(option):
    return words[words.index(option) + 1]
stacks = boto3.client("cloudformation", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
name, body = after("--stack-name"), open(after("--template-file")).read()
given = dict(word.split("=", 1) for word in words[words.index("--parameter-overrides") + 1:])
try:
    before = stacks.describe_stacks(StackName=name)["Stacks"][0]["Parameters"]
    call = stacks.update_stack
except stacks.exceptions.ClientError:
    before, call = [], stacks.create_stack
values = {{**{{one["ParameterKey"]: one["ParameterValue"] for one in before}}, **given}}
try:
    call(StackName=name, TemplateBody=body, Capabilities=[after("--capabilities")],
         Parameters=[{{"ParameterKey": key, "ParameterValue": value}}
                     for key, value in values.items()])
except stacks.exceptions.ClientError as error:
    if "No updates" not in str(error) or "--no-fail-on-empty-changeset" not in words:
        raise
"""


def client(service):
    return boto3.client(service, endpoint_url=os.environ["FAIRLEAD_MOTO"])


class Workplace:
    """A copy of deploy/aws with templates that moto can make, and a package."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.deploy = self.folder / "deploy" / "aws"
        self.deploy.mkdir(parents=True)
        shutil.copy(stacks.DEPLOY / "up", self.deploy)
        self.zip = self.folder / "package.zip"
        self.kept = {}
        for name in ("core.yaml", "site.yaml"):
            template = stacks.read_template(stacks.DEPLOY / name)
            dropped = skipped_by_moto(template)
            reduced = without(template, dropped)
            (self.deploy / name).write_text(json.dumps(reduced, indent=1))
            self.kept[name] = set(reduced["Resources"])
            print(f"{name}: moto makes {len(self.kept[name])} of {len(template['Resources'])}"
                  f" resources; it skips {', '.join(sorted(set(dropped.values())))}", flush=True)
        self.make_secrets()
        stand_in = self.folder / "bin" / "aws"
        stand_in.parent.mkdir()
        stand_in.write_text(STAND_IN.format(python=sys.executable, aws=BIN / "aws"))
        stand_in.chmod(0o755)

    def make_secrets(self):
        """As the template says, by the names that references to them have here."""
        resources = stacks.read_template(stacks.DEPLOY / "core.yaml")["Resources"]
        for name in ("ServerKey", "EdgeSecret"):
            how = resources[name]["Properties"]["GenerateSecretString"]
            password = client("secretsmanager").get_random_password(**how)["RandomPassword"]
            client("secretsmanager").create_secret(Name=f"no-{name}", SecretString=password)

    def pack(self, machine):
        """An ELF head of a machine, as the real bootstrap has one."""
        head = b"\x7fELF" + bytes(14) + machine.to_bytes(2, "little")
        with zipfile.ZipFile(self.zip, "w") as package:
            package.writestr(zipfile.ZipInfo("bootstrap"), head)

    def up(self, *arguments, stand_in=True):
        path = f"{self.folder / 'bin'}:{BIN}:/usr/bin:/bin" if stand_in else f"{BIN}:/usr/bin:/bin"
        # moto takes a template's bucket from an address only if that is called localhost.
        endpoint = os.environ["FAIRLEAD_MOTO"].replace("127.0.0.1", "localhost")
        return subprocess.run(
            [self.deploy / "up", *arguments], cwd=self.folder, text=True, capture_output=True,
            env={**os.environ, "AWS_ENDPOINT_URL": endpoint, "PATH": path,
                 "PYTHONDONTWRITEBYTECODE": "1"})


class Made(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="fairlead-up-")
        cls.addClassCleanup(folder.cleanup)
        cls.place = Workplace(folder.name)
        cls.early = cls.place.up("site", EXAMPLE, *CERTIFICATES)
        cls.place.pack(62)
        cls.digest = hashlib.sha256(cls.place.zip.read_bytes()).hexdigest()
        cls.core = cls.place.up("core", "--zip", cls.place.zip, "--alarm-mail", "alarm@ops.example",
                                "--set", "LogDays=7")
        if cls.core.returncode:
            raise AssertionError(cls.core.stdout + cls.core.stderr)
        cls.site = cls.place.up("site", EXAMPLE, *CERTIFICATES)

    def test_the_package_lies_under_its_digest(self):
        listed = client("s3").list_objects_v2(Bucket=BUCKET, Prefix="fairlead/")
        keys = [one["Key"] for one in listed["Contents"]]
        self.assertIn(f"fairlead/{self.digest}.zip", keys)
        self.assertIn(f"package   fairlead/{self.digest}.zip", self.core.stdout)
        block = client("s3").get_public_access_block(Bucket=BUCKET)
        self.assertEqual(set(block["PublicAccessBlockConfiguration"].values()), {True})

    def test_the_tables(self):
        for name, stream in (("fairlead-operations", "KEYS_ONLY"), ("fairlead-owner-only", None)):
            table = client("dynamodb").describe_table(TableName=name)["Table"]
            self.assertEqual([(one["AttributeName"], one["KeyType"]) for one in table["KeySchema"]],
                             [("PK", "HASH"), ("SK", "RANGE")])
            self.assertEqual(table.get("StreamSpecification", {}).get("StreamViewType"), stream)
            self.assertEqual(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")
            self.assertTrue(table["DeletionProtectionEnabled"])

    def test_the_buckets(self):
        """Their names; of the rest moto takes nothing from a template."""
        for name in ("pages", "photos"):
            client("s3").head_bucket(Bucket=f"fairlead-{name}-123456789012-eu-west-1")

    def test_the_server_key_is_of_the_form_that_is_read(self):
        key = client("secretsmanager").get_secret_value(SecretId="no-ServerKey")
        self.assertRegex(key["SecretString"], r"^[0-9a-f]{64}$")
        edge = client("secretsmanager").get_secret_value(SecretId="no-EdgeSecret")
        self.assertRegex(edge["SecretString"], r"^[0-9A-Za-z]{48}$")

    def test_the_functions(self):
        for role in ROLES:
            made = client("lambda").get_function_configuration(FunctionName=f"fairlead-{role}")
            self.assertEqual((made["Handler"], made["Runtime"]), (role, "provided.al2023"))
            settings = tomllib.loads(made["Environment"]["Variables"]["FAIRLEAD_SETTINGS"])
            self.assertEqual(settings["store"]["operations"], "fairlead-operations")
            self.assertEqual("owner_only" in settings["store"], role in ("ops", "worker"), role)
        woken = client("lambda").list_event_source_mappings(FunctionName="fairlead-worker")
        for source in woken["EventSourceMappings"]:
            self.assertIn("fairlead-operations/stream", source["EventSourceArn"])
        self.assertTrue(woken["EventSourceMappings"])

    def test_again_with_another_package_and_back(self):
        before = self.code_of("ops")
        self.place.pack(183)
        second = self.place.up("core", "--zip", self.place.zip)
        self.assertEqual(second.returncode, 0, second.stderr)
        self.assertIn("(arm64)", second.stdout)
        self.assertNotEqual(self.code_of("ops"), before)
        back = self.place.up("core", "--code", before, "--set", "Architecture=x86_64")
        self.assertEqual(back.returncode, 0, back.stderr)
        self.assertEqual(self.code_of("ops"), before)
        kept = self.parameters("fairlead")
        self.assertEqual(kept["AlarmMail"], "alarm@ops.example")
        self.assertEqual(kept["LogDays"], "7")

    def parameters(self, stack):
        (found,) = client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
        return {one["ParameterKey"]: one["ParameterValue"] for one in found["Parameters"]}

    def code_of(self, role):
        return self.parameters("fairlead")["CodeKey"]

    def test_the_site(self):
        self.assertEqual(self.site.returncode, 0, self.site.stdout + self.site.stderr)
        given = self.parameters("fairlead-site-jada")
        self.assertEqual((given["Tenant"], given["OpsHost"], given["GuestHost"]),
                         ("jada", "ops.jada.localhost", "guest.jada.localhost"))
        versions = client("secretsmanager").list_secret_version_ids(SecretId="no-EdgeSecret")
        self.assertEqual([given["EdgeSecretVersion"]],
                         [one["VersionId"] for one in versions["Versions"]])
        name = "/fairlead/fairlead/distributions/jada"
        self.assertEqual(client("ssm").get_parameter(Name=name)["Parameter"]["Value"], "no-Guest")
        self.assertIn(f"fairlead tenant apply {EXAMPLE} --data data", self.site.stdout)

    def test_the_settings_for_this_machine(self):
        settings = tomllib.loads((self.place.folder / "data" / "fairlead.toml").read_text())
        self.assertEqual(settings["store"], {
            "engine": "dynamodb", "operations": "fairlead-operations",
            "owner_only": "fairlead-owner-only"})
        self.assertEqual(settings["secrets"], {"server_key": "no-ServerKey"})
        self.assertEqual(settings["cdn"]["distributions"], "/fairlead/fairlead/distributions")
        self.assertEqual(settings["aws"], {"region": "eu-west-1"})

    def test_the_third_command(self):
        """What docs/aws.md says to do last, with the settings that were written."""
        self.assertTrue(PROGRAM.exists(), f"{PROGRAM} is not built")
        done = subprocess.run(
            [PROGRAM, "tenant", "apply", EXAMPLE, "--data", "data"], cwd=self.place.folder,
            text=True, capture_output=True,
            env={**os.environ, "AWS_ENDPOINT_URL": os.environ["FAIRLEAD_MOTO"]})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("tenant jada created", done.stdout)
        for table in ("fairlead-operations", "fairlead-owner-only"):
            written = client("dynamodb").scan(TableName=table, Select="COUNT")["Count"]
            self.assertGreater(written, 0, table)

    def test_a_site_keeps_its_certificates(self):
        third = self.place.folder / "third.toml"
        third.write_text('tenant = "third"\n[sites]\nops = "o.example"\ncrew = "c.example"\n'
                         'guest = "g.example"\n')
        new = self.place.up("site", third)
        self.assertEqual(new.returncode, 1, new.stdout)
        self.assertIn("a new site needs --certificate-guest", new.stderr)
        again = self.place.up("site", EXAMPLE)
        self.assertEqual(again.returncode, 0, again.stderr)
        kept = self.parameters("fairlead-site-jada")["GuestCertificate"]
        self.assertEqual(kept, CERTIFICATE + "guest")

    def test_a_second_operator(self):
        done = self.place.up("site", stacks.ROOT / "examples" / "tern.toml", *CERTIFICATES)
        self.assertEqual(done.returncode, 0, done.stderr)
        for tenant in ("jada", "tern"):
            client("ssm").get_parameter(Name=f"/fairlead/fairlead/distributions/{tenant}")

    def test_settings_of_somebody_else_are_left(self):
        file = self.place.folder / "other" / "fairlead.toml"
        file.parent.mkdir()
        file.write_text('[public]\nurl = "https://{host}"\n')
        done = self.place.up("site", EXAMPLE, *CERTIFICATES, "--data", "other")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("holds other settings", done.stderr)
        self.assertEqual(file.read_text(), '[public]\nurl = "https://{host}"\n')

    def test_by_a_change_set(self):
        done = self.place.up("core", "--stack", "plain", "--zip", self.place.zip, stand_in=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        made = client("lambda").get_function_configuration(FunctionName="plain-crew")
        self.assertEqual(made["Handler"], "crew")

    def test_a_site_needs_a_core(self):
        self.assertEqual(self.early.returncode, 1)
        self.assertIn("deploy/aws/up core comes first", self.early.stderr)


class Refused(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="fairlead-up-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def up(self, *arguments, path=f"{BIN}:/usr/bin:/bin"):
        done = subprocess.run(
            [stacks.DEPLOY / "up", *arguments], cwd=self.folder, text=True, capture_output=True,
            env={**os.environ, "AWS_ENDPOINT_URL": os.environ["FAIRLEAD_MOTO"], "PATH": path})
        self.assertEqual(list(self.folder.glob("*/fairlead.toml")), [])
        return done

    def test_without_the_aws_command(self):
        tools = self.folder / "bin"
        tools.mkdir()
        for tool in ("bash", "env", "dirname", "python3", "cat"):
            (tools / tool).symlink_to(shutil.which(tool, path="/usr/bin:/bin"))
        done = self.up("core", path=str(tools))
        self.assertEqual(done.returncode, 1)
        self.assertIn("AWS's command is not installed", done.stderr)

    def test_wrong_usage(self):
        for arguments in (["core", "x.toml"], ["site"], ["site", "a.toml", "b.toml"], ["down"],
                          ["core", "--zip"], ["core", "--loud", "yes"],
                          ["core", "--set", "LogDays"]):
            with self.subTest(arguments=arguments):
                done = self.up(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("deploy/aws/up core", done.stderr)

    def test_a_package_that_is_none(self):
        done = self.up("core", "--stack", "other", "--zip", "gone.zip")
        self.assertEqual(done.returncode, 1)
        self.assertIn("./dev package lambda", done.stderr)
        (self.folder / "text.zip").write_text("no zip")
        done = self.up("core", "--stack", "other", "--zip", "text.zip")
        self.assertEqual(done.returncode, 1)
        self.assertIn("is no package of fairlead", done.stderr)

    def test_a_tenant_file_that_is_none(self):
        (self.folder / "half.toml").write_text('tenant = "jada"\n')
        for name, words in (("gone.toml", "No such file"), ("half.toml", "needs tenant")):
            done = self.up("site", name, *CERTIFICATES)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr)

    def test_a_stack_that_cannot_name_a_bucket(self):
        done = self.up("core", "--stack", "Fairlead")
        self.assertEqual(done.returncode, 1)
        self.assertIn("lower-case", done.stderr)
