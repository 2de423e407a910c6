"""deploy/aws/core.yaml: what each role may, and what it is told. Run by templates.py."""

import json
import re
import tomllib
import unittest

from templates_stacks import ROLES, core_stack

RECORDS = {"dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem",
           "dynamodb:ConditionCheckItem"}
MAILS = {"ses:SendEmail", "ses:SendRawEmail"}
# The table of docs/aws.md, "Rights". The second half of a pair is a resource by its name in
# core.yaml. What every role may is to write its own log.
RIGHTS = {
    "ops": {("records", "Operations"), ("records", "OwnerOnly"),
            ("secretsmanager:GetSecretValue", "ServerKey"),
            ("secretsmanager:GetSecretValue", "EdgeSecret"), ("s3:GetObject", "Photos/*"),
            ("s3:GetObject", "Pages/*"), ("s3:ListBucket", "Pages")},
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
               ("s3:GetObject", "Photos/*"), ("s3:DeleteObject", "Photos/*"),
               ("s3:ListBucket", "Photos"),
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


def as_list(value):
    return value if isinstance(value, list) else [value]


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

    def test_no_door_logs_a_path(self):
        for name, stage in core_stack().of_type("AWS::ApiGatewayV2::Stage").items():
            names = set(re.findall(r"\$context\.([\w.]+)", stage["AccessLogSettings"]["Format"]))
            self.assertTrue(names, name)
            for one in names:
                self.assertNotRegex(one.lower(), "path|route|query", name)
