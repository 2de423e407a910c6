"""deploy/aws/core.yaml: what is kept, what wakes whom, which alarms are. Run by templates.py."""

import json
import unittest

from templates_stacks import ROOT, core_stack


class Kept(unittest.TestCase):
    def setUp(self):
        self.stack = core_stack()

    def test_it_outlives_the_stack(self):
        resources = self.stack.template["Resources"]
        for name in ("Operations", "OwnerOnly", "Pages", "Photos", "ServerKey", "EdgeSecret"):
            self.assertEqual(resources[name]["DeletionPolicy"], "Retain", name)
            self.assertEqual(resources[name]["UpdateReplacePolicy"], "Retain", name)

    def test_both_tables_are_of_one_shape(self):
        tables = self.stack.of_type("AWS::DynamoDB::Table")
        for table in tables.values():
            self.assertTrue(table["DeletionProtectionEnabled"])
            self.assertTrue(table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"])
            del table["TableName"]
        self.assertEqual(tables["Operations"].pop("StreamSpecification"),
                         {"StreamViewType": "KEYS_ONLY"})
        self.assertEqual(tables["Operations"], tables["OwnerOnly"])

    def test_no_bucket_is_open(self):
        policies = {one["Bucket"]: one["PolicyDocument"]["Statement"]
                    for one in self.stack.of_type("AWS::S3::BucketPolicy").values()}
        for name, bucket in self.stack.of_type("AWS::S3::Bucket").items():
            self.assertEqual(set(bucket["PublicAccessBlockConfiguration"].values()), {True})
            self.assertEqual(bucket["OwnershipControls"]["Rules"],
                             [{"ObjectOwnership": "BucketOwnerEnforced"}])
            allowed = [one for one in policies[name] if one["Effect"] == "Allow"]
            self.assertEqual([one["Principal"] for one in allowed],
                             [{"Service": "cloudfront.amazonaws.com"}] if name == "Pages" else [])
            (denied,) = [one for one in policies[name] if one["Effect"] == "Deny"]
            self.assertEqual(denied["Condition"], {"Bool": {"AWS:SecureTransport": "false"}})
        pages = self.stack.of_type("AWS::S3::Bucket")["Pages"]
        self.assertEqual(pages["VersioningConfiguration"], {"Status": "Enabled"})


def fields_taken(pattern, line):
    """What CloudWatch takes from a line by a pattern of fields in brackets; None: it does not fit.
    Source: CloudWatch Logs User Guide, "Filter pattern syntax", space-delimited log events."""
    words, fields = line.split(), [one.strip() for one in pattern.strip("[]").split(",")]
    if fields[-1] == "...":
        fields.pop()
        words = words[:len(fields)]
    if len(words) != len(fields):
        return None
    taken = {}
    for field, word in zip(fields, words):
        name, _, wanted = field.partition("=")
        if wanted and word != wanted:
            return None
        taken[f"${name}"] = word
    return taken


class Told(unittest.TestCase):
    """What wakes whom, and what somebody is told of."""

    def setUp(self):
        self.stack = core_stack()

    def test_a_job_that_is_planned_wakes_the_worker(self):
        (source,) = self.stack.of_type("AWS::Lambda::EventSourceMapping").values()
        self.assertEqual(source["FunctionName"], "WorkerFunction")
        self.assertEqual(source["FunctionResponseTypes"], ["ReportBatchItemFailures"])
        (chosen,) = source["FilterCriteria"]["Filters"]
        self.assertEqual(json.loads(chosen["Pattern"]), {
            "eventName": ["INSERT"], "dynamodb": {"Keys": {"PK": {"S": [{"prefix": "@due/"}]}}}})

    def test_the_clock(self):
        said = {}
        for rule in self.stack.of_type("AWS::Events::Rule").values():
            (target,) = rule["Targets"]
            self.assertEqual(target["Arn"], "WorkerFunction")
            said[rule["ScheduleExpression"]] = json.loads(target["Input"])
        self.assertEqual(said, {"rate(1 minute)": {"fairlead": "sweep"},
                                "cron(17 4 * * ? *)": {"fairlead": "tidy"}})

    def test_the_topics(self):
        told = {(one["TopicArn"], one["Endpoint"])
                for one in self.stack.of_type("AWS::SNS::Subscription").values()}
        self.assertEqual(told, {("CrewTopic", "NotifierFunction"),
                                ("FeedbackTopic", "NotifierFunction")})

    def test_an_alarm_reaches_somebody_where_wanted(self):
        topics = self.stack.of_type("AWS::SNS::Topic").keys()
        self.assertEqual(topics, {"CrewTopic", "FeedbackTopic"})
        for name, alarm in self.stack.of_type("AWS::CloudWatch::Alarm").items():
            self.assertNotIn("AlarmActions", alarm, name)
        heard = core_stack(AlarmMail="a@ops.example")
        for name, alarm in heard.of_type("AWS::CloudWatch::Alarm").items():
            self.assertEqual(alarm["AlarmActions"], ["AlarmTopic"], name)

    def test_each_figure_that_an_alarm_looks_at_is_taken(self):
        taken = {one["MetricTransformations"][0]["MetricName"]
                 for one in self.stack.of_type("AWS::Logs::MetricFilter").values()}
        alarms = self.stack.of_type("AWS::CloudWatch::Alarm").values()
        watched = {one["MetricName"] for one in alarms
                   if one.get("Namespace") == "fairlead/STACK"}
        self.assertEqual(watched, taken)

    def test_the_age_of_the_oldest_job_is_taken_from_what_a_sweep_says(self):
        """CloudWatch takes a number out of JSON; out of key=value it could not."""
        taken = self.stack.property("OldestJob", "FilterPattern")
        self.assertEqual(taken, '{ $.fairlead = "sweep" }')
        (figure,) = self.stack.property("OldestJob", "MetricTransformations")
        self.assertEqual(figure["MetricValue"], "$.oldest_seconds")
        source = (ROOT / "src" / "lambda_worker.cpp").read_text()
        for words in ('{"fairlead", what}', 'tell("sweep",', '{"oldest_seconds", '):
            self.assertTrue(words in source, f"nobody says {words}")

    def test_a_job_that_is_given_up_is_seen(self):
        at = "2026-11-26T01:38:24.123Z"
        for name in ("WorkerFailedJobs", "NotifierFailedJobs"):
            failed = self.stack.property(name, "FilterPattern")
            self.assertIsNotNone(fields_taken(failed, f'{at} W job failed job=a.b reason="x y"'))
            for other in (f"{at} W job will be tried again job=a.b", f"{at} I job failed job=a.b"):
                self.assertIsNone(fields_taken(failed, other))
        self.assertIn('"job failed"', (ROOT / "src" / "app" / "run_job.cpp").read_text())
