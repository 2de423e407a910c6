"""What one example booking costs in DynamoDB, with everything that it causes until the last mail is
sent: the units of every call that the roles make, counted as AWS counts them, and their price.

Source: DynamoDB Developer Guide, "On-demand capacity mode": a transactional write takes two units
for each started KB of an item, a check as well; a consistent read one for each started 4 KB.
"""

import collections
import json
import os
import threading
import unittest

import lambda_house  # first: it knows where the others are
import fairlead
from fairlead import example_booking
from lambda_house import LambdaHouse
from road import Road

WRITE_PRICE, READ_PRICE = 0.625, 0.125  # USD for a million, on demand, us-east-1, November 2026
WRITE_UNITS_MAX = 400  # of one booking; a line to notice that it has grown
MINUTES_A_MONTH = 30 * 24 * 60


def value_size(value):
    (kind, given), = value.items()
    if kind == "N":
        return (len(given.strip("-.").replace(".", "")) + 1) // 2 + 1
    return len(given.encode())


def item_size(item):
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def started(size, step):
    return max(1, -(-size // step))


class Meter:
    """Counts one role's calls. What an item was before is known from what any of them wrote."""

    sizes, lock = {}, threading.Lock()

    def __init__(self, target):
        self.reset()
        self.road = Road(target, self.rule)

    def reset(self):
        self.reads = self.writes = 0
        self.calls, self.actions = collections.Counter(), collections.Counter()

    def rule(self, call, forward):
        answer = forward()
        with self.lock:
            self.calls[call.name] += 1
            getattr(self, f"count_{call.name}")(call.json, answer)
        return answer

    def count_GetItem(self, asked, answer):
        item = json.loads(answer.body).get("Item", {})
        self.reads += started(item_size(item), 4096)

    def count_Query(self, asked, answer):
        items = json.loads(answer.body)["Items"]
        self.reads += started(sum(map(item_size, items)), 4096)

    def count_TransactWriteItems(self, asked, answer):
        """A refused one costs the same."""
        for action in asked["TransactItems"]:
            (kind, given), = action.items()
            item = given.get("Item") or given["Key"]
            key = given["TableName"], item["PK"]["S"], item["SK"]["S"]
            size = item_size(item) if kind == "Put" else 0
            self.writes += 2 * started(max(size, self.sizes.get(key, 0)), 1024)
            self.actions[kind] += 1
            if answer.status == 200 and kind == "Put":
                self.sizes[key] = size


class Units(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.meters = {}
        cls.house = LambdaHouse(["jada"], cls.metered)
        cls.addClassCleanup(cls.house.close)
        cls.house.start()
        cls.owner = cls.house.owner()
        cls.owner.get("/charters")  # what a warm function does only once is no booking's cost

    @classmethod
    def metered(cls, role):
        cls.meters[role] = Meter(os.environ["FAIRLEAD_DYNAMODB"])
        cls.addClassCleanup(cls.meters[role].road.close)
        return {"AWS_ENDPOINT_URL_DYNAMODB": cls.meters[role].road.url}

    def setUp(self):
        for meter in self.meters.values():
            meter.reset()

    def test_one_booking(self):
        answer = self.owner.post("/bookings", example_booking())
        self.assertEqual(answer.status, 201, answer)
        ops = self.meters["ops"]
        writes, reads = ops.writes, ops.reads  # what the owner looks at later is not counted
        self.assertGreater(writes, 0)
        print(f"the booking's own request: {writes} write units, {reads} read units "
              f"({dict(ops.actions)})")
        receipt = self.house.finished_receipt(answer.json["charter"])
        self.assertEqual({job["state"] for job in receipt}, {"done"})
        self.house.settled()
        for role in ("worker", "notifier"):
            meter = self.meters[role]
            self.assertGreater(meter.writes, 0)
            print(f"   {role}: {meter.writes} write units, {meter.reads} read units "
                  f"({dict(meter.calls)}; {dict(meter.actions)})")
            writes, reads = writes + meter.writes, reads + meter.reads
        cost = (writes * WRITE_PRICE + reads * READ_PRICE) / 1000
        print(f"one booking with its page and all its mails: {writes} write units, {reads} read "
              f"units; 1,000 charters: {cost:.2f} USD (on demand in us-east-1, {WRITE_PRICE} and "
              f"{READ_PRICE} USD a million)")
        self.assertLessEqual(writes, WRITE_UNITS_MAX)

    def test_a_sweep_that_finds_nothing(self):
        self.house.sweep()
        worker = self.meters["worker"]
        worker.reset()
        self.house.sweep()
        self.assertEqual(worker.writes, 0)
        self.assertGreater(worker.reads, 0)
        cost = worker.reads * MINUTES_A_MONTH * READ_PRICE / 1e6
        print(f"a sweep that finds nothing: {worker.reads} read units; one each minute of a month: "
              f"{cost:.2f} USD")


if __name__ == "__main__":
    fairlead.run_suite()
