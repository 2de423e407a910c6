#!/usr/bin/python3
"""deploy/aws: the templates, held against what they promise, and made where moto can make them.

    build/cloud/venv/bin/python templates.py      under tests/cloud/emulators.py run

Read: cfn-lint has nothing to say; each role's rights are those of its table; the settings are those
that src/config.cpp reads; the edge's functions are the files in edge/. Made: deploy/aws/up, with AWS's
own command, on moto. What moto has no model of is left out of what it is given, and printed.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib
import unittest

import stacks

ROOT = stacks.ROOT
DEPLOY = stacks.DEPLOY
BIN = pathlib.Path(sys.executable).parent  # aws and cfn-lint are there too
ROLES = ("ops", "crew", "worker", "notifier", "photos")
DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AllViewerExceptHostHeader
RECORDS = {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem",
           "dynamodb:ConditionCheckItem"}
MAILS = {"ses:SendEmail", "ses:SendRawEmail"}
# The table of docs/aws.md, "Rights". Which resources: the second half of a pair, as they are named in
# core.yaml; what every role may is in COMMON.
RIGHTS = {
    "ops": {("records", "Operations"), ("records", "OwnerOnly"),
            ("secretsmanager:GetSecretValue", "ServerKey"),
            ("secretsmanager:GetSecretValue", "EdgeSecret"), ("s3:GetObject", "Photos/*")},
    "crew": {("records", "Operations"), ("secretsmanager:GetSecretValue", "ServerKey"),
             ("secretsmanager:GetSecretValue", "EdgeSecret"),
             ("s3:PutObject", "Photos/*/quarantine/*")},
    "worker": {("records", "Operations"), ("records", "OwnerOnly"),
               ("dynamodb:DescribeStream", "Operations.StreamArn"),
               ("dynamodb:GetRecords", "Operations.StreamArn"),
               ("dynamodb:GetShardIterator", "Operations.StreamArn"), ("dynamodb:ListStreams", "*"),
               ("secretsmanager:GetSecretValue", "ServerKey"),
               ("s3:GetObject", "Pages/*"), ("s3:PutObject", "Pages/*"),
               ("s3:DeleteObject", "Pages/*"), ("s3:ListBucket", "Pages"),
               ("s3:GetObject", "Photos/*"), ("s3:ListBucket", "Photos"),
               ("sns:Publish", "CrewTopic"), ("mails", "identity/*"),
               ("mails", "configuration-set/Mails"),
               ("cloudfront:CreateInvalidation", "distribution/*"),
               ("ssm:GetParameter", "parameter/fairlead/STACK/distributions/*"),
               ("sqs:SendMessage", "DeadLetters")},
    "notifier": {("records", "Operations"), ("secretsmanager:GetSecretValue", "ServerKey"),
                 ("mails", "identity/*"), ("mails", "configuration-set/Mails"),
                 ("sqs:SendMessage", "DeadLetters")},
    "photos": {("records", "Operations"), ("s3:GetObject", "Photos/*"), ("s3:ListBucket", "Photos"),
               ("sqs:SendMessage", "DeadLetters")},
}
# Tables and keys of FAIRLEAD_SETTINGS.
STORE = {"engine", "operations"}
OBJECTS = {"engine", "pages", "photos"}
SETTINGS = {
    "ops": {"public": {"url", "api_hosts"}, "store": STORE | {"owner_only"}, "objects": OBJECTS,
            "secrets": {"server_key", "edge"}},
    "crew": {"public": {"url", "api_hosts"}, "store": STORE, "objects": OBJECTS,
             "secrets": {"server_key", "edge"}},
    "worker": {"public": {"url"}, "store": STORE | {"owner_only"}, "objects": OBJECTS,
               "mail": {"engine", "configuration_set"}, "topic": {"engine", "arn"},
               "secrets": {"server_key"}, "cdn": {"engine", "distributions"}},
    "notifier": {"public": {"url"}, "store": STORE, "mail": {"engine", "configuration_set"},
                 "secrets": {"server_key"}},
    "photos": {"public": {"url"}, "store": STORE, "objects": OBJECTS},
}
HOSTS = {"OpsHost": "ops.example", "CrewHost": "crew.example", "GuestHost": "guest.example"}


def logical(stack, name, attribute):
    """A resource by its name in the template: Operations, Operations.StreamArn."""
    return name if attribute in ("", "Arn") else f"{name}.{attribute}"


def core_stack():
    return stacks.Stack("STACK", stacks.read_template(DEPLOY / "core.yaml"), logical)


def site_stack(**parameters):
    return stacks.Stack("SITE", stacks.read_template(DEPLOY / "site.yaml"), logical,
                        {"Core": "STACK", "Tenant": "jada", **HOSTS, **parameters},
                        stacks.exports_of(core_stack()))


def as_list(value):
    return value if isinstance(value, list) else [value]


class Lint(unittest.TestCase):
    def test_cfn_lint_has_nothing_to_say(self):
        for name in ("core.yaml", "site.yaml"):
            done = subprocess.run(
                [BIN / "cfn-lint", "--include-checks", "I", "--regions", "us-east-1", "eu-west-1",
                 "--template", DEPLOY / name], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), name)

    def test_each_ignored_check_says_why(self):
        for name in ("core.yaml", "site.yaml"):
            metadata = stacks.read_template(DEPLOY / name)["Metadata"]
            ignored = metadata.get("cfn-lint", {}).get("config", {}).get("ignore_checks", [])
            reasons = metadata.get("IgnoredChecks", {})
            self.assertEqual(set(ignored), set(reasons), name)
            for reason in reasons.values():
                self.assertGreater(len(reason), 40)

    def test_it_sees_a_fault(self):
        text = (DEPLOY / "core.yaml").read_text().replace("BillingMode:", "BilingMode:", 1)
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as broken:
            broken.write(text)
            broken.flush()
            done = subprocess.run([BIN / "cfn-lint", "--template", broken.name], capture_output=True)
        self.assertEqual(done.returncode, 2, done.stdout)


class Edge(unittest.TestCase):
    def test_the_functions_are_the_files(self):
        core = core_stack().template["Resources"]["Rewrite"]["Properties"]["FunctionCode"]
        self.assertEqual(core, (ROOT / "edge" / "rewrite.js").read_text())
        site = site_stack().template["Resources"]["Site"]["Properties"]["FunctionCode"]
        self.assertEqual(site, {"Fn::Sub": (ROOT / "edge" / "site.js").read_text()})

    def test_nothing_is_left_to_put_in(self):
        code = site_stack().property("Site", "FunctionCode")
        self.assertNotIn("${", code)
        for host in HOSTS.values():
            self.assertIn(f"'{host}'", code)

    def test_the_headers_are_the_servers(self):
        source = (ROOT / "src" / "web" / "replies.cpp").read_text()
        block = re.search(r"common\[\] = \{(.*?)\n  \};", source, re.DOTALL).group(1)
        wanted = dict(re.findall(r'\{"([A-Za-z-]+)", "([^"]+)"\}', block))
        policy = "".join(re.findall(r'"([^"]*)"', re.search(
            r"string_view policy =\n(.*?);\n", source, re.DOTALL).group(1)))
        wanted["Content-Security-Policy"] = policy.replace(
            "connect-src 'self'", "connect-src 'self' https://Photos.s3.eu-west-1.amazonaws.com")
        del wanted["Cache-Control"]  # the object's own
        self.assertEqual(self.headers(), wanted)

    def headers(self):
        config = core_stack().property("SiteHeaders", "ResponseHeadersPolicyConfig")
        security = config["SecurityHeadersConfig"]
        given = list(security.values()) + config["CustomHeadersConfig"]["Items"]
        self.assertEqual({one["Override"] for one in given}, {False})
        said = {"Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
                "X-Frame-Options": security["FrameOptions"]["FrameOption"],
                "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
                "X-Content-Type-Options": "nosniff",
                "Strict-Transport-Security": "max-age="
                + str(security["StrictTransportSecurity"]["AccessControlMaxAgeSec"])}
        return {**said, **{one["Header"]: one["Value"] for one in config["CustomHeadersConfig"]["Items"]}}

    def test_an_hour_is_the_most_a_page_is_kept(self):
        pages = core_stack().property("PagesCache", "CachePolicyConfig")
        self.assertEqual((pages["MinTTL"], pages["MaxTTL"]), (0, 3600))


class Distributions(unittest.TestCase):
    def setUp(self):
        self.stack = site_stack()
        self.guest, self.house = (
            self.stack.property(name, "DistributionConfig") for name in ("Guest", "House"))

    def behaviors(self, config):
        return [*config["CacheBehaviors"], {"PathPattern": "*", **config["DefaultCacheBehavior"]}]

    def test_what_goes_where(self):
        def roads(config):
            return [(one["PathPattern"], one["TargetOriginId"], "POST" in one["AllowedMethods"])
                    for one in self.behaviors(config)]
        self.assertEqual(roads(self.guest), [
            ("/g/*/photos/*", "crew", True), ("/g/*", "pages-or-crew", False),
            ("/assets/*", "crew", False), ("*", "crew", True)])
        self.assertEqual(roads(self.house), [("/assets/*", "crew", False), ("*", "crew", True)])

    def test_what_is_not_kept_arrives_whole_and_says_who_asks(self):
        """And what is kept lets nothing of the viewer's through: no word on who asks could be forged."""
        for behavior in self.behaviors(self.guest) + self.behaviors(self.house):
            functions = [one["FunctionARN"] for one in behavior.get("FunctionAssociations", [])]
            if "POST" in behavior["AllowedMethods"]:
                self.assertEqual(behavior["CachePolicyId"], DISABLED)
                self.assertEqual(behavior["OriginRequestPolicyId"], ALL_BUT_HOST)
                self.assertEqual(functions, ["Site.FunctionARN"])
            else:
                self.assertNotIn("OriginRequestPolicyId", behavior)
                self.assertNotEqual(behavior["CachePolicyId"], DISABLED)
            self.assertEqual(behavior["ViewerProtocolPolicy"], "redirect-to-https")

    def test_each_origin_of_an_api_vouches_for_one_site(self):
        wanted = {("Guest", "crew"): "guest.example", ("Guest", "crew-pages"): "guest.example",
                  ("House", "crew"): "crew.example", ("House", "ops"): "ops.example"}
        found = {}
        for name, config in (("Guest", self.guest), ("House", self.house)):
            for origin in config["Origins"]:
                headers = {one["HeaderName"]: one["HeaderValue"]
                           for one in origin.get("OriginCustomHeaders", [])}
                if "S3OriginConfig" in origin:
                    self.assertEqual(origin["OriginPath"], "/jada")
                    self.assertEqual(headers, {})
                    continue
                found[name, origin["Id"]] = headers["x-fairlead-site"]
                self.assertRegex(headers["x-fairlead-edge"],
                                 r"^\{\{resolve:secretsmanager:EdgeSecret:SecretString:::.*\}\}$")
                api = "OpsApi" if origin["Id"] == "ops" else "CrewApi"
                self.assertEqual(origin["DomainName"], f"{api}.execute-api.eu-west-1.amazonaws.com")
        self.assertEqual(found, wanted)

    def test_no_refusal_is_kept(self):
        for config in (self.guest, self.house):
            kept = {one["ErrorCode"]: one["ErrorCachingMinTTL"] for one in config["CustomErrorResponses"]}
            self.assertEqual(set(kept.values()), {0})
            self.assertLessEqual({403, 404, 500, 502, 503, 504}, set(kept))

    def test_names_and_mail_only_where_wanted(self):
        self.assertEqual(self.stack.of_type("AWS::Route53::RecordSet"), {})
        self.assertEqual(self.stack.of_type("AWS::SES::EmailIdentity"), {})
        full = site_stack(GuestZone="Z1", OpsZone="Z2", CrewZone="Z2", MailZone="Z1",
                          MailDomain="mail.example")
        self.assertEqual(len(full.of_type("AWS::Route53::RecordSet")), 11)
        self.assertEqual(len(full.of_type("AWS::SES::EmailIdentity")), 1)


class Rights(unittest.TestCase):
    """What core.yaml's roles may, against the table."""

    def setUp(self):
        self.stack = core_stack()

    def statements(self, role):
        policies = self.stack.property(f"{role.capitalize()}Role", "Policies")
        return [one for policy in policies for one in policy["PolicyDocument"]["Statement"]]

    def resource(self, text):
        """As the table has it: without account and region."""
        text = text.replace("arn:aws:s3:::STACK-photos-123456789012-eu-west-1", "Photos")
        text = re.sub(r"^arn:aws:[a-z]+:[a-z0-9-]*:\d*:", "", text)
        return re.sub(r"^(\w+)\.Arn", r"\1", text)

    def rights(self, role):
        found = set()
        for one in self.statements(role):
            self.assertEqual(one["Effect"], "Allow")
            self.assertNotIn("NotAction", one)
            self.assertNotIn("NotResource", one)
            actions = set(as_list(one["Action"]))
            for resource in as_list(one["Resource"]):
                for known, word in ((RECORDS, "records"), (MAILS, "mails")):
                    if actions == known:
                        found.add((word, self.resource(resource)))
                        break
                else:
                    found |= {(action, self.resource(resource)) for action in actions}
        return found

    def test_each_role_has_its_table_and_no_more(self):
        for role in ROLES:
            log = f"{role.capitalize()}Log"
            common = {("logs:CreateLogStream", log), ("logs:PutLogEvents", log)}
            with self.subTest(role=role):
                self.assertEqual(self.rights(role), RIGHTS[role] | common)

    def test_no_role_may_anything_by_a_star(self):
        for role in ROLES:
            for action, resource in self.rights(role):
                self.assertNotIn("*", action)
                if resource == "*":
                    self.assertEqual(action, "dynamodb:ListStreams", role)

    def test_money_is_out_of_reach(self):
        """Neither in a right nor in a setting, nor anywhere else of what those roles are given."""
        resources = self.stack.template["Resources"]
        for role in ("Crew", "Notifier", "Photos"):
            for part in ("Role", "Function"):
                self.assertNotIn("OwnerOnly", json.dumps(resources[f"{role}{part}"]), role)
                self.assertNotIn("owner", json.dumps(resources[f"{role}{part}"]).lower(), role)
            for attached in ("ManagedPolicyArns", "PermissionsBoundary"):
                self.assertNotIn(attached, resources[f"{role}Role"]["Properties"])
        self.assertEqual(self.stack.of_type("AWS::IAM::Policy"), {})
        self.assertEqual(self.stack.of_type("AWS::IAM::ManagedPolicy"), {})

    def test_only_lambda_takes_a_role(self):
        for role in ROLES:
            trust = self.stack.property(f"{role.capitalize()}Role", "AssumeRolePolicyDocument")
            self.assertEqual([one["Principal"] for one in trust["Statement"]],
                             [{"Service": "lambda.amazonaws.com"}])

    def test_whoever_calls_a_function_is_named(self):
        for name, permission in self.stack.of_type("AWS::Lambda::Permission").items():
            self.assertNotIn("*", permission["Principal"], name)
            self.assertIn("SourceArn", permission, name)


class Settings(unittest.TestCase):
    def test_they_are_what_the_program_reads(self):
        stack = core_stack()
        for role in ROLES:
            with self.subTest(role=role):
                function = stack.template["Resources"][f"{role.capitalize()}Function"]["Properties"]
                self.assertEqual(function["Handler"], role)
                text = stack.value(function["Environment"]["Variables"]["FAIRLEAD_SETTINGS"])
                self.check(role, tomllib.loads(text))
                self.assertLess(len(text), 3000)  # Lambda takes 4 KB of environment

    def check(self, role, settings):
        self.assertEqual({name: set(table) for name, table in settings.items()}, SETTINGS[role])
        self.assertEqual(settings["public"]["url"], "https://{host}")
        if "api_hosts" in settings["public"]:
            self.assertEqual(settings["public"]["api_hosts"],
                             [f"{role.capitalize()}Api.execute-api.eu-west-1.amazonaws.com"])
        for table in settings.values():
            for value in as_list(list(table.values())):
                self.assertNotIn("${", str(value))

    def test_what_is_kept_outlives_the_stack(self):
        resources = core_stack().template["Resources"]
        for name in ("Operations", "OwnerOnly", "Pages", "Photos", "ServerKey", "EdgeSecret"):
            self.assertEqual(resources[name]["DeletionPolicy"], "Retain", name)
            self.assertEqual(resources[name]["UpdateReplacePolicy"], "Retain", name)

    def test_no_door_logs_a_path(self):
        for name, stage in core_stack().of_type("AWS::ApiGatewayV2::Stage").items():
            names = set(re.findall(r"\$context\.([\w.]+)", stage["AccessLogSettings"]["Format"]))
            self.assertTrue(names, name)
            self.assertEqual({one for one in names if "path" in one.lower() or "route" in one}, set())


if __name__ == "__main__":
    import templates_made  # beside this file: what moto makes of them
    suite = unittest.TestSuite()
    for module in (sys.modules["__main__"], templates_made):
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    wrong = [case for case, _ in result.failures + result.errors]
    failed = len({getattr(case, "test_case", case).id() for case in wrong})
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(0 if result.wasSuccessful() and result.testsRun else 1)
