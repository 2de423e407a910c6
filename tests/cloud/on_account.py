"""What a house in AWS form leaves behind, read with the official clients: mails, objects, records."""

import json
import os
import urllib.request

import account as accounts
from received import Mail


def sent_mails():
    """Every raw mail that moto's SES has taken since it started, in order."""
    with urllib.request.urlopen(f"{os.environ['FAIRLEAD_MOTO']}/moto-api/data.json") as page:
        taken = json.load(page).get("ses", {}).get("RawMessage", [])
    return [Mail(one["raw_data"].encode()) for one in taken]


def verify(domain):
    """The identity that site.yaml makes, as SES has it once its records stand in the DNS."""
    accounts.client("sesv2").create_email_identity(EmailIdentity=domain)


class OnAccount:
    """Beside a House that has an account and mails_before: how many SES had taken when it began."""

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
