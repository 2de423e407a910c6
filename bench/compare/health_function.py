"""The function that ours stands beside: a plain Python loop over Lambda's Runtime API, with boto3.

At its start it makes the clients that the same role of ours has and reads the same two secrets; then
it answers GET /healthz. Nothing else: no framework, no logging, no layers.
"""

import http.client
import json
import os

import boto3

API = "/2018-06-01/runtime/"


def client(service):
    return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"])


def answer_to(event):
    if event["rawPath"] != "/healthz":
        return {"statusCode": 404, "headers": {}, "body": "not found\n"}
    return {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": "ok\n"}


def main():
    secrets, table, objects = client("secretsmanager"), client("dynamodb"), client("s3")
    key, edge = (secrets.get_secret_value(SecretId=name)["SecretString"]
                 for name in ("server-key", "edge"))
    assert key and edge and table and objects
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        api.request("GET", API + "invocation/next")
        event = api.getresponse()
        number = event.headers["Lambda-Runtime-Aws-Request-Id"]
        answer = json.dumps(answer_to(json.loads(event.read())))
        api.request("POST", f"{API}invocation/{number}/response", answer)
        api.getresponse().read()


if __name__ == "__main__":
    main()
