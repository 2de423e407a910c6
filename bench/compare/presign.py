"""boto3's generate_presigned_post for the same photo and policy; prints microseconds for one, to JSON."""

import json
import sys
import time

import boto3
from botocore.config import Config

KEY = "quarantine/jada.k3v9q2m7xw4t8zpa/b7n2c5d8f3g6h9j4.jpg"
client = boto3.client(
    "s3", region_name="us-east-1", aws_access_key_id="AKIAEXAMPLEEXAMPLE00",
    aws_secret_access_key="k" * 40, config=Config(signature_version="s3v4"))


def form():
    signed = client.generate_presigned_post(
        "jada-photos", KEY, Fields={"Content-Type": "image/jpeg", "success_action_status": "201"},
        Conditions=[{"Content-Type": "image/jpeg"}, {"success_action_status": "201"},
                    ["content-length-range", 1, 4194304]], ExpiresIn=86400)
    return json.dumps({**signed, "key": KEY, "expires_at": "2027-05-31T16:30:00Z"})


def microseconds(seconds):
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        form()
        count += 1
    return 1e6 * (time.perf_counter() - started) / count


form()
print(microseconds(float(sys.argv[1])))
