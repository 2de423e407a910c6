"""What carries events to the functions, for tests: the stream of the operations table, the topics
and the photos bucket. Each delivers at least once and tries again as AWS does, only sooner.

A test may have it deliver twice, or lose what comes. Sources: AWS Lambda Developer Guide, "Process
DynamoDB records with Lambda" and "Asynchronous invocation".
"""

import collections
import json
import queue
import threading

import account as accounts
from runtime_api import QuietHandler, Server

STREAM_PERIOD = 0.25  # AWS's own: four looks a second at a shard
ASYNCHRONOUS_TRIES = 3
PAUSE = 0.3  # where AWS waits from a second to minutes


def matches(pattern, node):
    """Event filtering: every key of the pattern, one of whose alternatives fits."""
    if isinstance(pattern, dict):
        return isinstance(node, dict) and all(
            name in node and matches(one, node[name]) for name, one in pattern.items())
    for rule in pattern:
        if isinstance(rule, dict):
            if set(rule) != {"prefix"}:
                raise AssertionError(f"a filter of {rule}, which is not read here")
            if isinstance(node, str) and node.startswith(rule["prefix"]):
                return True
        elif rule == node:
            return True
    return False


class Pump:
    """A thread that ends when it is told to."""

    def __init__(self):
        self.ending = threading.Event()
        self.failures = []  # what no retry mended: it would lie in a dead-letter queue
        self.thread = threading.Thread(target=self.run, daemon=True)

    def start(self):
        self.thread.start()
        return self

    def close(self):
        self.ending.set()
        self.thread.join(timeout=30)

    def run(self):
        while not self.ending.is_set():
            self.step()


class StreamPump(Pump):
    """One shard's records in their order, those that pass the filter, in batches to the worker."""

    def __init__(self, table, mapping, function):
        super().__init__()
        self.function, self.is_losing = function, False
        self.batch_max = int(mapping.get("BatchSize", 100))
        self.tries_max = 1 + min(int(mapping.get("MaximumRetryAttempts", 5)), 5)
        self.filters = [json.loads(one["Pattern"]) for one in
                        mapping.get("FilterCriteria", {}).get("Filters", [])]
        if "ReportBatchItemFailures" not in mapping.get("FunctionResponseTypes", []):
            raise AssertionError("the mapping takes no reports of single items")
        described = accounts.client("dynamodb").describe_table(TableName=table)["Table"]
        self.arn, self.streams = described["LatestStreamArn"], accounts.client("dynamodbstreams")
        shard = self.streams.describe_stream(StreamArn=self.arn)["StreamDescription"]["Shards"][0]
        self.iterator = self.streams.get_shard_iterator(
            StreamArn=self.arn, ShardId=shard["ShardId"],
            ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
        self.delivered = 0

    def step(self):
        given = self.streams.get_records(ShardIterator=self.iterator, Limit=1000)
        self.iterator = given["NextShardIterator"]
        wanted = [self.plain(record) for record in given["Records"]]
        wanted = [record for record in wanted if any(matches(f, record) for f in self.filters)]
        if self.is_losing:
            wanted = []
        for at in range(0, len(wanted), self.batch_max):
            self.deliver(wanted[at:at + self.batch_max])
        if not wanted:
            self.ending.wait(STREAM_PERIOD)

    def plain(self, record):
        """As Lambda gives it: boto3 has turned its instant into a datetime."""
        inner = dict(record["dynamodb"])
        if "ApproximateCreationDateTime" in inner:
            inner["ApproximateCreationDateTime"] = inner["ApproximateCreationDateTime"].timestamp()
        return {**record, "dynamodb": inner, "eventSourceARN": self.arn}

    def deliver(self, batch):
        """Until all is done, or it has been tried too often. What is reported as failed, and all
        that comes after it, is given again."""
        for attempt in range(self.tries_max):
            if attempt:
                self.ending.wait(PAUSE)
            outcome = self.function.invoke({"Records": batch})
            self.delivered += 1
            if outcome.error:
                continue
            failed = {one["itemIdentifier"] for one in outcome.json["batchItemFailures"]}
            numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
            if not failed <= set(numbers):
                raise AssertionError(f"the worker names records that it was not given: {failed}")
            if not failed:
                return
            batch = batch[min(map(numbers.index, failed)):]
        self.failures.append(batch)


class TopicPump(Pump):
    """An address that a topic or the photos' bucket notifies; what comes goes to a function."""

    def __init__(self, wrap, function):
        super().__init__()
        self.wrap, self.function = wrap, function
        self.events, self.copies, self.is_losing = queue.Queue(), 1, False
        self.delivered = collections.Counter()
        pump = self

        class Receiver(QuietHandler):
            def do_POST(self):
                pump.events.put(json.loads(self.body()))
                self.give(200)
        self.server = Server(Receiver)
        self.url = f"http://127.0.0.1:{self.server.port}/"

    def step(self):
        try:
            envelope = self.events.get(timeout=0.1)
        except queue.Empty:
            return
        if self.is_losing or "Records" not in self.wrap(envelope):
            return
        for _ in range(self.copies):
            self.deliver(self.wrap(envelope))

    def deliver(self, event):
        for attempt in range(ASYNCHRONOUS_TRIES):
            if attempt:
                self.ending.wait(PAUSE)
            self.delivered[json.dumps(event)[:300]] += 1
            if not self.function.invoke(event).error:
                return
        self.failures.append(event)

    def close(self):
        super().close()
        self.server.close()


def as_sns_event(envelope):
    """What a topic posts to an address, as Lambda is given it: other names, in a list."""
    inner = {"Type": "Notification", "Subject": envelope.get("Subject"),
             "MessageId": envelope["MessageId"], "TopicArn": envelope["TopicArn"],
             "Message": envelope["Message"], "Timestamp": envelope["Timestamp"],
             "SignatureVersion": "1", "Signature": "E", "SigningCertUrl": "https://sns.example/c",
             "UnsubscribeUrl": "https://sns.example/u", "MessageAttributes": {}}
    return {"Records": [{"EventVersion": "1.0", "EventSource": "aws:sns",
                         "EventSubscriptionArn": envelope["TopicArn"] + ":s", "Sns": inner}]}


def as_s3_event(envelope):
    """S3 tells its bucket's topic here, and Lambda itself on AWS. The test event, which a new
    configuration sends, has no records."""
    event = json.loads(envelope["Message"])
    for record in event.get("Records", []):
        record["s3"]["object"].setdefault("sequencer", "0055AED6DCD90281E5")
    return event


class Pumps:
    """All of an account's."""

    def __init__(self, account):
        self.account = account
        mapping, = account.core.of_type("AWS::Lambda::EventSourceMapping").values()
        functions = account.functions
        self.stream = StreamPump(account.table("operations"), mapping, functions["worker"]).start()
        self.topics = {}
        for one in account.core.of_type("AWS::SNS::Subscription").values():
            if one["Protocol"] == "lambda":
                self.topics[one["TopicArn"]] = self.listen(one["TopicArn"], as_sns_event,
                                                           self.function_named(one["Endpoint"]))
        self.photos = self.listen(self.photo_topic(), as_s3_event, functions["photos"])

    def function_named(self, reference):
        return next(one for name, one in self.account.made.items() if name == reference)

    def listen(self, arn, wrap, function):
        pump = TopicPump(wrap, function).start()
        accounts.client("sns").subscribe(TopicArn=arn, Protocol="http", Endpoint=pump.url)
        return pump

    def photo_topic(self):
        """A topic of the tests' own, which moto's S3 can tell; it has no Lambda to call."""
        arn = accounts.client("sns").create_topic(Name=f"photos-{self.account.id}")["TopicArn"]
        bucket = self.account.settings()["objects"]["photos"]
        described = next(one for one in self.account.core.of_type("AWS::S3::Bucket").values()
                         if "NotificationConfiguration" in one)
        told = described["NotificationConfiguration"]["LambdaConfigurations"]
        self.account.s3.put_bucket_notification_configuration(
            Bucket=bucket, NotificationConfiguration={"TopicConfigurations": [
                {"TopicArn": arn, "Events": [one["Event"] for one in told]}]})
        return arn

    @property
    def crew(self):
        return self.topics[self.account.settings()["topic"]["arn"]]

    @property
    def feedback(self):
        other, = [one for arn, one in self.topics.items()
                  if arn != self.account.settings()["topic"]["arn"]]
        return other

    def every(self):
        return [self.stream, self.photos, *self.topics.values()]

    def failures(self):
        return [failure for pump in self.every() for failure in pump.failures]

    def close(self):
        for pump in self.every():
            pump.close()
