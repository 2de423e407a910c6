"""API Gateway's HTTP API before a function, for tests: a request becomes an event of payload 2.0,
and what the function answers is held to the letter: what the gateway would not take is its 500.

Source: API Gateway Developer Guide, "AWS Lambda proxy integrations for HTTP APIs".
"""

import base64
import dataclasses
import datetime
import json
import urllib.parse
import uuid

HEAD_BYTES_MAX, BODY_BYTES_MAX = 10240, 10 * 1024 * 1024
TEXT_TYPES = ("application/json", "application/javascript", "application/xml")
# The gateway's own; what a function says of them is not passed on.
OWN_HEADERS = ("connection", "content-length", "date", "keep-alive", "transfer-encoding")


@dataclasses.dataclass
class Request:
    """As it came in: names of headers in lower case, each as often as it was sent."""
    method: str
    path: str  # encoded
    query: str
    headers: list
    body: bytes = b""
    peer: str = "127.0.0.1"

    def header(self, name):
        return next((value for given, value in self.headers if given == name), None)


@dataclasses.dataclass
class Reply:
    status: int
    headers: list
    body: bytes = b""

    def header(self, name):
        return next((value for given, value in self.headers if given == name), None)


def message(status, text):
    return Reply(status, [("content-type", "application/json")],
                 json.dumps({"message": text}).encode())


def joined_headers(headers):
    """Repeats with a comma between; cookies apart."""
    joined, cookies = {}, []
    for name, value in headers:
        if name == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";") if cookie.strip()]
        elif name in joined:
            joined[name] += f",{value}"
        else:
            joined[name] = value
    return joined, cookies


def is_text(headers):
    bare = headers.get("content-type", "").split(";")[0].strip().lower()
    return bare.startswith("text/") or bare in TEXT_TYPES


def event_of(request, host):
    """The event, as the gateway at this host would write it."""
    headers, cookies = joined_headers(request.headers)
    path = urllib.parse.unquote(request.path)  # the gateway decodes it
    now = datetime.datetime.now(datetime.timezone.utc)
    event = {
        "version": "2.0", "routeKey": "$default", "rawPath": path,
        "rawQueryString": request.query, "headers": headers,
        "requestContext": {
            "accountId": "123456789012", "apiId": host.split(".")[0], "domainName": host,
            "domainPrefix": host.split(".")[0], "requestId": uuid.uuid4().hex,
            "routeKey": "$default", "stage": "$default",
            "http": {"method": request.method, "path": path, "protocol": "HTTP/1.1",
                     "sourceIp": request.peer, "userAgent": headers.get("user-agent", "")},
            "time": f"{now:%d/%b/%Y:%H:%M:%S +0000}", "timeEpoch": int(now.timestamp() * 1000)},
        "isBase64Encoded": False}
    if cookies:
        event["cookies"] = cookies
    if request.query:
        event["queryStringParameters"] = {
            name: ",".join(values) for name, values in
            urllib.parse.parse_qs(request.query, keep_blank_values=True).items()}
    if request.body:
        event["isBase64Encoded"] = not is_text(headers)
        event["body"] = (request.body.decode() if is_text(headers)
                         else base64.b64encode(request.body).decode())
    return event


class WrongAnswer(Exception):
    """Of a function; says what the gateway does not take."""


def demand(kept, what):
    if not kept:
        raise WrongAnswer(what)


def reply_from(payload):
    """Format 2.0, nothing missing and nothing more."""
    answer = json.loads(payload)
    demand(isinstance(answer, dict), "the answer is no object")
    unknown = set(answer) - {"statusCode", "headers", "cookies", "body", "isBase64Encoded"}
    demand(not unknown, f"the answer has {unknown}")
    status = answer.get("statusCode")
    demand(type(status) is int and 100 <= status <= 599, f"statusCode is {status!r}")
    headers, cookies = answer.get("headers", {}), answer.get("cookies", [])
    demand(isinstance(headers, dict), "headers is no object")
    for name, value in headers.items():
        demand(isinstance(value, str), f"header {name} is {value!r}")
    demand(isinstance(cookies, list), "cookies is no array")
    demand(all(isinstance(cookie, str) for cookie in cookies), "a cookie is no text")
    demand("set-cookie" not in map(str.lower, headers), "a cookie among the headers")
    body, encoded = answer.get("body", ""), answer.get("isBase64Encoded", False)
    demand(isinstance(body, str), "body is no text")
    demand(isinstance(encoded, bool), "isBase64Encoded is no boolean")
    raw = base64.b64decode(body, validate=True) if encoded else body.encode()
    kept = [(name.lower(), value) for name, value in headers.items()
            if name.lower() not in OWN_HEADERS]
    return Reply(status, kept + [("set-cookie", cookie) for cookie in cookies], raw)


class Gateway:
    """One API: a host of its own, one function behind it."""

    def __init__(self, host, function):
        self.host, self.function = host, function
        self.wrong = []  # what is 5xx because of the function

    def answer(self, request):
        named = (request.header("host") or "").split(":")[0]
        if named != self.host:
            return message(403, "Forbidden")
        if sum(len(n) + len(v) for n, v in request.headers) > HEAD_BYTES_MAX:
            return message(431, "Request Header Fields Too Large")
        if len(request.body) > BODY_BYTES_MAX:
            return message(413, "Request Entity Too Large")
        outcome = self.function.invoke(event_of(request, self.host))
        if outcome.error:
            self.wrong.append(f"{request.method} {request.path}: {outcome.error}")
            timed_out = outcome.error.startswith("Task timed out")
            return message(503, "Service Unavailable") if timed_out else (
                message(500, "Internal Server Error"))
        try:
            reply = reply_from(outcome.payload)
        except (WrongAnswer, ValueError) as wrong:
            self.wrong.append(f"{request.method} {request.path}: {wrong}")
            return message(500, "Internal Server Error")
        reply.headers.append(("apigw-requestid", uuid.uuid4().hex[:16]))
        return reply
