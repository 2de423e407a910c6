"""Every call that the roles make to AWS is one that core.yaml gives them the right to make: the calls
are recorded on their way and held against the policies. Crew, notifier and photos never name the
owner-only table, and are given no right to it.
"""

import fnmatch
import os
import unittest
import urllib.parse

import requests

import lambda_house  # first: it knows where the others are
import account as accounts
import fairlead
import photo_house
from fairlead import example_booking, wait_for
from lambda_house import LambdaHouse
from photo_house import JPEG
from road import Road

photo_house.resolve_localhost()
BLIND = ("crew", "notifier", "photos")
TRANSACTED = {"Put": "dynamodb:PutItem", "Delete": "dynamodb:DeleteItem",
              "ConditionCheck": "dynamodb:ConditionCheckItem", "Update": "dynamodb:UpdateItem"}
OBJECT_ACTIONS = {"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject",
                  "DELETE": "s3:DeleteObject"}


def needs_of_dynamodb(call):
    if call.name == "TransactWriteItems":
        for action in call.json["TransactItems"]:
            (kind, given), = action.items()
            yield TRANSACTED[kind], accounts.table_arn(given["TableName"])
    else:
        yield f"dynamodb:{call.name}", accounts.table_arn(call.json["TableName"])


def needs_of_others(call):
    """What the services behind moto ask for; a call that is not known here fails the test."""
    service = call.headers["Authorization"].split("/")[3]
    path = urllib.parse.urlsplit(call.path).path
    if service == "secretsmanager":
        yield f"secretsmanager:{call.name}", call.json["SecretId"]
    elif service == "s3":
        yield OBJECT_ACTIONS[call.method], f"arn:aws:s3:::{path[1:]}"
    elif service == "sns":
        yield "sns:Publish", urllib.parse.parse_qs(call.body.decode())["TopicArn"][0]
    elif service == "ses" and path == "/v2/email/outbound-emails":
        sender = call.json["FromEmailAddress"].split("@")[-1].rstrip(">")
        for action in ("ses:SendEmail", "ses:SendRawEmail"):
            yield action, f"arn:aws:ses:eu-west-1:123456789012:identity/{sender}"
    elif service == "ssm":
        yield f"ssm:{call.name}", (
            f"arn:aws:ssm:eu-west-1:123456789012:parameter{call.json['Name']}")
    elif service == "cloudfront" and path.endswith("/invalidation"):
        yield "cloudfront:CreateInvalidation", (
            f"arn:aws:cloudfront::123456789012:distribution/{path.split('/')[3]}")
    else:
        raise AssertionError(f"a call of {service} whose right is not known: {call.name}")


class Watched(LambdaHouse):
    """Records what each role needs for its calls: (action, resource)."""

    def __init__(self):
        self.needs, self.roads, self.trouble = {}, [], []
        super().__init__(["jada"], self.watch)
        self.start()

    def watch(self, role):
        self.needs[role] = set()

        def road(target, needs_of):
            def rule(call, forward):
                try:
                    self.needs[role].update(needs_of(call))
                except Exception as error:  # said where it is looked at, not in a server's thread
                    self.trouble.append(f"{role}: {error!r}")
                return forward()
            self.roads.append(Road(target, rule))
            return self.roads[-1].url
        return {"AWS_ENDPOINT_URL_DYNAMODB": road(os.environ["FAIRLEAD_DYNAMODB"],
                                                  needs_of_dynamodb),
                "AWS_ENDPOINT_URL": road(os.environ["FAIRLEAD_MOTO"], needs_of_others)}

    def close(self):
        super().close()
        for one in self.roads:
            one.close()

    def rights(self, role):
        """The allowing statements of the role's policies: (actions, resources)."""
        core = self.account.core
        function = next(one for one in core.of_type("AWS::Lambda::Function").values()
                        if one["Handler"] == role)
        properties = self.account.resource(function["Role"])
        as_list = lambda given: given if isinstance(given, list) else [given]  # noqa: E731
        return [(as_list(one["Action"]), as_list(one["Resource"]))
                for policy in properties["Policies"]
                for one in policy["PolicyDocument"]["Statement"] if one["Effect"] == "Allow"]

    def may(self, role, action, resource):
        return any(any(fnmatch.fnmatchcase(action, one) for one in actions)
                   and any(fnmatch.fnmatchcase(resource, one) for one in resources)
                   for actions, resources in self.rights(role))


class Rights(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        """A day with everything in it: a booking, its mails and pages, a yes, a tick, a photo that
        the owner fetches and takes away, a bounce, a replay, an event, a second publication, the nightly work."""
        cls.house = Watched()
        cls.addClassCleanup(cls.house.close)
        owner, guest = cls.house.owner(), cls.house.guest()
        booked = owner.post("/bookings", example_booking()).json
        cls.charter = booked["charter"]
        cls.house.finished_receipt(cls.charter)
        ana, page = cls.house.crew(
            cls.house.mails()[f"{cls.charter}.crew_mail.1.ana"].magic_link)
        for path, body in ((f"{page}/answer", {"answer": "yes"}),
                           (f"{page}/checklist/d1", {"done": True})):
            cls.expect(200, ana.post(path, body))
        cls.send_a_photo(owner, guest, booked)
        cls.expect(200, owner.post(f"/jobs/{cls.charter}.guest_page.1/replay", b""))
        cls.house.finished_receipt(cls.charter)
        cls.expect(200, owner.get("/drift"))
        cls.expect(204, owner.ask("DELETE", f"/charters/{cls.charter}/photos/{cls.photo_id}"))
        cls.house.finished_receipt(cls.charter)
        for word in ("sweep", "tidy"):
            cls.house.schedule(word)
        cls.house.settled()
        cls.last_check = owner.get("/drift").json["last_check"]

    @staticmethod
    def expect(status, answer):
        if answer.status != status:
            raise AssertionError(answer)

    @classmethod
    def send_a_photo(cls, owner, guest, booked):
        key = booked["guest_link"].split("#k=")[1]
        form = guest.post(f"/g/{booked['slug']}/photos/presign", {
            "key": key, "filename": "a.jpg", "content_type": "image/jpeg",
            "bytes": len(JPEG)}).json
        # Not by the road that watches the role: this is the guest's own call.
        address = form["url"].replace(cls.moto_road("crew"), os.environ["FAIRLEAD_MOTO"])
        sent = requests.post(address, data=form["fields"], files={"file": JPEG}, timeout=20)
        if sent.status_code != 204:
            raise AssertionError(sent.text)
        photos = f"/charters/{cls.charter}/photos"
        received = wait_for(lambda: [one for one in owner.get(photos).json["photos"]
                                     if one["state"] == "received"], "the photo", 10)
        cls.photo_id = received[0]["id"]
        cls.photo, cls.form = owner.get(f"{photos}/{cls.photo_id}"), form

    @classmethod
    def moto_road(cls, role):
        return cls.house.account.functions[role].variables["AWS_ENDPOINT_URL"]

    def test_each_call_is_one_that_its_role_may_make(self):
        self.assertEqual(self.house.trouble, [])
        for role, needs in self.house.needs.items():
            self.assertTrue(needs, f"{role} made no call")
            for action, resource in sorted(needs):
                with self.subTest(f"{role}: {action} {resource}"):
                    self.assertTrue(self.house.may(role, action, resource))
            print(f"{role}: {len({action for action, _ in needs})} kinds of calls, all allowed")

    def test_the_night_held_all_that_was_told_against_the_trip(self):
        checked = {name: self.last_check[name] for name in ("complete", "charters", "stale")}
        self.assertEqual(checked, {"complete": True, "charters": 1, "stale": 0})

    def test_what_is_signed_for_others_may_be_done(self):
        """A form or a link that we sign is worth what the role itself may do."""
        bucket = self.house.account.settings()["objects"]["photos"]
        self.assertTrue(self.house.may("crew", "s3:PutObject",
                                       f"arn:aws:s3:::{bucket}/{self.form['fields']['key']}"))
        self.assertEqual(self.photo.status, 303)
        path = urllib.parse.urlsplit(self.photo.headers["Location"]).path
        self.assertTrue(self.house.may("ops", "s3:GetObject", f"arn:aws:s3:::{path[1:]}"))

    def test_money_is_out_of_reach(self):
        name = self.house.account.table("owner_only")
        books = accounts.table_arn(name)
        for role in BLIND:
            with self.subTest(role):
                self.assertNotIn(books, {resource for _, resource in self.house.needs[role]})
                self.assertNotIn(name, str(self.house.rights(role)))
                for action in ("GetItem", "Query", "PutItem", "Scan", "BatchGetItem"):
                    self.assertFalse(self.house.may(role, f"dynamodb:{action}", books))
                self.assertNotIn(name, str(self.house.account.functions[role].variables))
        self.assertTrue(self.house.may("ops", "dynamodb:GetItem", books))  # the look itself works

    def test_no_role_may_do_anything(self):
        for role in self.house.needs:
            for actions, _ in self.house.rights(role):
                self.assertFalse([one for one in actions if "*" in one], role)


if __name__ == "__main__":
    fairlead.run_suite()
