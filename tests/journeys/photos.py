"""Photos by the clients that AWS's users have: boto3 and requests, as they come, against our forms
and our object store."""

import base64
import datetime
import hashlib
import json

import boto3
import botocore.auth
import botocore.client
import botocore.credentials
import botocore.exceptions
import requests

import fairlead
import photo_house
from photo_house import BUCKET, JPEG, PATH, PhotoHouse

photo_house.resolve_localhost()

TYPES = {"image/jpeg": JPEG, "image/png": b"\x89PNG\r\n\x1a\n", "image/webp": b"RIFF\0\0\0\0WEBP",
         "image/heic": b"\0\0\0\x18ftypheic", "image/heif": b"\0\0\0\x18ftypmif1",
         "image/avif": b"\0\0\0\x18ftypavif"}


def signature_over(policy, fields, secret):
    """What botocore computes over this policy text, with its own derivation of the day's key."""
    access_key, _, region, service, _ = fields["x-amz-credential"].split("/")
    auth = botocore.auth.S3SigV4PostAuth(
        botocore.credentials.Credentials(access_key, secret), service, region)
    request = botocore.awsrequest.AWSRequest()
    request.context["timestamp"] = fields["x-amz-date"]
    return auth.signature(policy, request)


class Forms(PhotoHouse):
    def test_each_type_is_posted_as_it_was_given(self):
        """The lines that boto3's own guide shows for generate_presigned_post."""
        for content_type, head in TYPES.items():
            with self.subTest(content_type):
                content = head + content_type.encode() * 5000
                form = self.presign(len(content), content_type)
                answer = requests.post(form["url"], data=form["fields"],
                                       files={"file": ("a picture", content)}, timeout=20)
                self.assertEqual(answer.status_code, 204, answer.text)
                for name, pattern in self.house.form_headers(f"{PATH}/{form['key']}").items():
                    self.assertRegex(answer.headers[name], pattern)
                photo = self.received(form)
                self.assertEqual((photo["bytes"], photo["content_type"]),
                                 (len(content), content_type))
                self.assertEqual(self.bytes_of(form), content)

    def test_our_signature_is_botocores(self):
        access_key, secret = self.forms_key()
        for size in (1, 4000, 26214400):
            fields = self.presign(size)["fields"]
            with self.subTest(size):
                self.assertEqual(fields["x-amz-credential"].split("/")[0], access_key)
                self.assertEqual(fields["x-amz-signature"],
                                 signature_over(fields["policy"], fields, secret))

    def test_the_policy_binds_what_it_should_and_nothing_else_is_posted(self):
        form = self.presign(4000)
        policy = json.loads(base64.b64decode(form["fields"]["policy"], validate=True))
        bound = {name: value for condition in policy["conditions"] if isinstance(condition, dict)
                 for name, value in condition.items()}
        ranges = [one for one in policy["conditions"] if isinstance(one, list)]
        self.assertEqual(bound.pop("bucket"), self.house.photo_bucket(BUCKET))
        self.assertEqual(ranges, [["content-length-range", 1, 4000]])
        posted = {name: value for name, value in form["fields"].items()
                  if name not in ("policy", "x-amz-signature")}
        self.assertEqual(bound, posted)
        self.assertEqual(
            datetime.datetime.fromisoformat(policy["expiration"].replace("Z", "+00:00")),
            datetime.datetime.fromisoformat(form["expires_at"].replace("Z", "+00:00")))


class FormsOfOthers(PhotoHouse):
    """Whether a form is taken is our own store's decision here, and S3's on AWS."""

    def test_a_form_of_boto3s_own_is_taken(self):
        """Signed with our key by boto3: what it writes is read as S3 reads it."""
        access_key, secret = self.forms_key()
        store = client_with(self.site, access_key, secret)
        content = JPEG + b"b" * 1000
        key = self.presign(len(content))["key"]
        conditions = [{"success_action_status": "201"}, ["starts-with", "$Content-Type", "image/"],
                      ["content-length-range", 1, len(content)]]
        for ask, wanted in (({}, 201), ({"success_action_status": "200"}, 403)):
            fields = {"success_action_status": "201", "Content-Type": "image/jpeg"}
            form = store.generate_presigned_post(BUCKET, key, fields, conditions, 60)
            self.assertEqual(form["url"], f"{self.site}/o/{BUCKET}")
            form["fields"].update(ask)
            answer = requests.post(form["url"], data=form["fields"],
                                   files={"file": ("a.jpg", content)}, timeout=20)
            self.assertEqual(answer.status_code, wanted, answer.text)
        self.assertEqual(self.photo_of({"key": key})["state"], "received")

    def test_a_form_of_boto3s_own_expires(self):
        store = client_with(self.site, *self.forms_key())
        key = self.presign(4)["key"]
        form = store.generate_presigned_post(BUCKET, key, None, None, -1)
        answer = requests.post(form["url"], data=form["fields"], files={"file": b"four"},
                               timeout=20)
        self.assertEqual(answer.status_code, 403)
        self.assertIn("Invalid according to Policy: Policy expired.", answer.text)
        self.assertEqual(self.photo_of({"key": key})["state"], "pending")


def client_with(site, access_key, secret, **config):
    return boto3.client(
        "s3", endpoint_url=f"{site}/o", region_name="us-east-1", aws_access_key_id=access_key,
        aws_secret_access_key=secret,
        config=botocore.client.Config(signature_version="s3v4", retries={"max_attempts": 0},
                                      s3={"addressing_style": "path"}, **config))


class Programs(PhotoHouse):
    def client(self, **changes):
        key = {**self.owners_key(), **changes}
        self.assertEqual(key["endpoint"], f"{self.site}/o")
        client = client_with(self.site, key["access_key_id"], key["secret_access_key"])
        self.addCleanup(client.close)
        return client

    def assert_error(self, status, code, call, **arguments):
        with self.assertRaises(botocore.exceptions.ClientError) as caught:
            call(**arguments)
        answer = caught.exception.response
        self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], status, answer)
        self.assertEqual(answer["Error"]["Code"], code)

    def test_put_head_get_delete(self):
        store = self.client()
        for key in ("album/a.png", "album/Skaill Bay (2) +é.png", "album/~.,:=@&"):
            with self.subTest(key):
                content = key.encode() * 1000
                put = store.put_object(Bucket=BUCKET, Key=key, Body=content,
                                       ContentType="image/png")
                head = store.head_object(Bucket=BUCKET, Key=key)
                got = store.get_object(Bucket=BUCKET, Key=key)
                self.assertEqual(got["Body"].read(), content)
                self.assertEqual({put["ETag"], head["ETag"]}, {got["ETag"]})
                for facts in (head, got):
                    self.assertEqual((facts["ContentType"], facts["ContentLength"]),
                                     ("image/png", len(content)))
                age = datetime.datetime.now(datetime.timezone.utc) - head["LastModified"]
                self.assertLess(abs(age), datetime.timedelta(minutes=1))
                store.delete_object(Bucket=BUCKET, Key=key)
                self.assert_error(404, "NoSuchKey", store.get_object, Bucket=BUCKET, Key=key)
                self.assert_error(404, "404", store.head_object, Bucket=BUCKET, Key=key)
                store.delete_object(Bucket=BUCKET, Key=key)  # again: S3 has no error for it

    def test_names_that_no_folder_has_are_refused(self):
        """S3 has them; a store in a folder says so, and nothing lands beside where it should."""
        for key in ("album/a//b", "album/../../escaped", "album/./b"):
            self.assert_error(400, "InvalidRequest", self.client().put_object,
                              Bucket=BUCKET, Key=key, Body=b"x")

    def test_what_a_guest_sent_is_read_with_the_owners_key(self):
        content = JPEG + bytes(range(256)) * 100
        form = self.presign(len(content))
        requests.post(form["url"], data=form["fields"], files={"file": content}, timeout=20)
        got = self.client().get_object(Bucket=BUCKET, Key=form["key"])
        self.assertEqual(hashlib.sha256(got["Body"].read()).digest(),
                         hashlib.sha256(content).digest())
        self.assertEqual(got["ContentType"], "image/jpeg")

    def test_a_large_photo_is_downloaded_in_parts(self):
        """As download_file does by itself over 8 MB: several ranges at once, put together."""
        content = JPEG + bytes(range(251)) * 80_000
        form = self.presign(len(content))
        requests.post(form["url"], data=form["fields"], files={"file": content}, timeout=20)
        store = self.client()
        target = self.house.folder / "downloaded.jpg"
        store.download_file(BUCKET, form["key"], str(target))
        self.assertEqual(hashlib.sha256(target.read_bytes()).digest(),
                         hashlib.sha256(content).digest())
        part = store.get_object(Bucket=BUCKET, Key=form["key"], Range="bytes=-10")
        self.assertEqual(part["Body"].read(), content[-10:])
        self.assertEqual(part["ContentRange"], f"bytes {len(content) - 10}-{len(content) - 1}"
                                               f"/{len(content)}")
        whole = {"Bucket": BUCKET, "Key": form["key"]}
        self.assert_error(416, "InvalidRange", store.get_object, **whole, Range="bytes=99000000-")
        self.assert_error(412, "PreconditionFailed", store.get_object, **whole, IfMatch='"other"')

    def test_presigned_addresses(self):
        store = self.client()
        target = {"Bucket": BUCKET, "Key": "album/signed.txt"}
        address = store.generate_presigned_url("put_object", target, 60)
        self.assertEqual(requests.put(address, data=b"signed", timeout=20).status_code, 200)
        address = store.generate_presigned_url("get_object", target, 60)
        self.assertEqual(requests.get(address, timeout=20).content, b"signed")
        broken = requests.get(address.replace("signed.txt", "other.txt"), timeout=20)
        self.assertEqual(broken.status_code, 403)
        self.assertIn("<Code>SignatureDoesNotMatch</Code>", broken.text)

    def test_nobody_elses_key_opens_anything(self):
        target = {"Bucket": BUCKET, "Key": "album/a.png"}
        self.client().put_object(**target, Body=b"mine")
        self.assert_error(403, "SignatureDoesNotMatch",
                          self.client(secret_access_key="other").get_object, **target)
        self.assert_error(403, "InvalidAccessKeyId",
                          self.client(access_key_id="FAIRLEADXXXXXXXX").get_object, **target)
        tern = self.house.owner("tern").get("/photos/key").json
        foreign = self.client(access_key_id=tern["access_key_id"],
                              secret_access_key=tern["secret_access_key"])
        self.assert_error(403, "InvalidAccessKeyId", foreign.get_object, **target)
        self.assert_error(403, "InvalidAccessKeyId", foreign.put_object, **target, Body=b"theirs")
        self.assert_error(404, "NoSuchBucket", self.client().get_object,
                          Bucket="tern-photos", Key="album/a.png")
        self.assert_error(403, "AccessDenied", self.client().get_object,
                          Bucket=BUCKET, Key="boatsetter-may-30.html")
        forms = self.client(**dict(zip(("access_key_id", "secret_access_key"), self.forms_key())))
        self.assert_error(403, "InvalidAccessKeyId", forms.get_object, **target)
        got = self.client().get_object(**target)
        self.assertEqual(got["Body"].read(), b"mine")

    def test_what_the_store_cannot_do_changes_nothing(self):
        store, target = self.client(), {"Bucket": BUCKET, "Key": "album/kept.txt"}
        store.put_object(**target, Body=b"kept")
        for call in (lambda: store.put_object_tagging(**target, Tagging={"TagSet": []}),
                     lambda: store.put_object_acl(**target, ACL="private"),
                     lambda: store.delete_object_tagging(**target),
                     lambda: store.upload_part(**target, PartNumber=1, UploadId="u", Body=b"x"),
                     lambda: store.abort_multipart_upload(**target, UploadId="u"),
                     lambda: store.get_object_tagging(**target),
                     lambda: store.copy_object(**target, CopySource=f"{BUCKET}/album/kept.txt")):
            with self.assertRaises(botocore.exceptions.ClientError) as refused:
                call()
            self.assertEqual(refused.exception.response["Error"]["Code"], "NotImplemented")
            self.assertEqual(store.get_object(**target)["Body"].read(), b"kept")
        with self.assertRaises(botocore.exceptions.ClientError) as refused:
            store.put_object(**target, Body=b"other", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
        self.assertEqual(refused.exception.response["Error"]["Code"], "BadDigest")
        self.assertEqual(store.get_object(**target)["Body"].read(), b"kept")

    def test_a_rotated_key_ends_with_its_token(self):
        first = self.client()
        first.put_object(Bucket=BUCKET, Key="album/r.txt", Body=b"r")
        port = self.house.port
        self.house.stop()
        for _ in range(2):  # two tokens live beside each other
            made = self.house.run("tenant", "rotate", "jada", "dashboard-token")
        self.house.start(port)
        self.assert_error(403, "InvalidAccessKeyId", first.get_object,
                          Bucket=BUCKET, Key="album/r.txt")
        token = made.stdout.split()[-1]
        type(self).owner = fairlead.Caller(self.house, self.owner.host, X_Dashboard_Token=token)
        got = self.client().get_object(Bucket=BUCKET, Key="album/r.txt")
        self.assertEqual(got["Body"].read(), b"r")


if __name__ == "__main__":
    fairlead.run_suite()
