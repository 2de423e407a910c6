"""CloudFront before the functions and the bucket, for tests: the distributions of site.yaml, taken
from the template itself. It picks the behaviour by its path, refuses methods, runs the
viewer-request function in node, drops what no policy admits, adds the origins' headers, reads the
bucket through OriginPath, and turns to a group's second origin where the first fails.

Nothing is cached unless a test asks. Sources: CloudFront Developer Guide, "Values that you specify
when you create or update a distribution" and "CloudFront Functions event structure".
"""

import base64
import dataclasses
import gzip
import json
import pathlib
import subprocess
import threading
import time
import urllib.parse

import botocore.exceptions

import edge_policies
from edge_policies import MANAGED_CACHE, MANAGED_ORIGIN, NOTHING
from emulators import die_with_parent
from gateway import Reply, Request

GZIP_BYTES_MIN = 1000
COMPRESSIBLE = ("text/", "application/json", "application/javascript", "image/svg+xml")


def refusal(status, title):
    """A page of CloudFront's own."""
    body = f"<HTML><HEAD><TITLE>ERROR: {title}</TITLE></HEAD></HTML>".encode()
    return Reply(status, [("content-type", "text/html"), ("server", "CloudFront"),
                          ("x-cache", "Error from cloudfront")], body)


class FunctionHost:
    """The edge's JavaScript: one node process for a house."""

    def __init__(self):
        script = pathlib.Path(__file__).with_name("edge_functions.mjs")
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            ["node", str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            preexec_fn=die_with_parent)

    def answer(self, code, event):
        with self.lock:
            self.process.stdin.write(json.dumps({"code": code, "event": event}) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


def values_of(pairs):
    """name → {value[, multiValue]}, as functions see headers and queries."""
    found = {}
    for name, value in pairs:
        if name not in found:
            found[name] = {"value": value}
        else:
            found[name].setdefault("multiValue", [{"value": found[name]["value"]}])
            found[name]["multiValue"].append({"value": value})
    return found


def pairs_from(values):
    return [(name, one["value"]) for name, given in values.items()
            for one in given.get("multiValue", [given])]


def function_event(request, distribution):
    query = [one.partition("=")[::2] for one in request.query.split("&") if one]
    headers = [one for one in request.headers if one[0] != "cookie"]
    cookies = [one.strip().partition("=")[::2] for one in
               (request.header("cookie") or "").split(";") if one.strip()]
    return {"version": "1.0",
            "context": {"eventType": "viewer-request", "distributionId": distribution,
                        "distributionDomainName": "d1.cloudfront.net", "requestId": "r1"},
            "viewer": {"ip": request.peer},
            "request": {"method": request.method, "uri": request.path,
                        "querystring": values_of(query), "headers": values_of(headers),
                        "cookies": values_of(cookies)}}


def request_from(result, asked):
    """What a function made of the request. Only the address, headers and cookies can change."""
    headers = pairs_from(result["headers"])
    cookies = [f"{name}={value}" for name, value in pairs_from(result.get("cookies", {}))]
    if cookies:
        headers.append(("cookie", "; ".join(cookies)))
    query = "&".join(f"{name}={value}" if value else name for name, value in
                     pairs_from(result.get("querystring", {})))
    return dataclasses.replace(asked, path=result["uri"], headers=headers, query=query)


def reply_of_function(result):
    body = result.get("body", "")
    if isinstance(body, dict):
        body = base64.b64decode(body["data"]) if body["encoding"] == "base64" else body["data"]
    raw = body.encode() if isinstance(body, str) else body
    return Reply(result["statusCode"], pairs_from(result.get("headers", {})), raw)


class Distribution:
    """One of a site's two. account names what the template refers to: policies, functions, the APIs
    and the buckets behind its origins."""

    def __init__(self, name, config, account, functions):
        self.name, self.account, self.functions = name, account, functions
        self.hosts = [host.lower() for host in config["Aliases"]]
        self.origins = {one["Id"]: one for one in config["Origins"]}
        self.groups = {one["Id"]: one for one in config.get("OriginGroups", {}).get("Items", [])}
        self.behaviors = config.get("CacheBehaviors", []) + [
            {**config["DefaultCacheBehavior"], "PathPattern": "*"}]
        self.cache, self.is_caching, self.heeded = {}, False, 0

    def answer(self, request):
        behavior = next(one for one in self.behaviors
                        if edge_policies.matches(one["PathPattern"], request.path))
        if request.method not in behavior.get("AllowedMethods", ["GET", "HEAD"]):
            return refusal(403, "The request could not be satisfied")
        origin = None
        for one in behavior.get("FunctionAssociations", []):
            made = self.run_function(one["FunctionARN"], request)
            if isinstance(made, Reply):
                return made
            request, origin = made
        reply = self.cached(request, behavior, origin or behavior["TargetOriginId"])
        if "ResponseHeadersPolicyId" in behavior:
            config = self.account.resource(behavior["ResponseHeadersPolicyId"])
            edge_policies.add_response_headers(config["ResponseHeadersPolicyConfig"], reply)
        return self.conditional(request, self.compressed(request, behavior, reply))

    def run_function(self, arn, request):
        """The request and the origin as the function left them, or its answer."""
        code = self.account.resource(arn)["FunctionCode"]
        made = self.functions.answer(code, function_event(request, self.name))
        result = made.get("result")
        if not isinstance(result, dict) or any(
                name != name.lower() for name in result.get("headers", {})):
            self.account.edge_faults.append(str(made))
            return refusal(502, "The function is invalid")
        if "statusCode" in result:
            return reply_of_function(result)
        origin = made["origin"].get("id")
        if made["origin"].get("update") or (origin and origin not in self.origins):
            self.account.edge_faults.append(f"an origin that is not here: {made['origin']}")
            return refusal(502, "The function is invalid")
        return request_from(result, request), origin

    # Origins

    def fetch(self, request, behavior, origin):
        if origin not in self.groups:
            return self.fetch_from(request, behavior, self.origins[origin])
        group = self.groups[origin]
        first, second = [self.origins[one["OriginId"]] for one in group["Members"]["Items"]]
        reply = self.fetch_from(request, behavior, first)
        turning = [int(code) for code in group["FailoverCriteria"]["StatusCodes"]["Items"]]
        if reply.status in turning and request.method in ("GET", "HEAD", "OPTIONS"):
            return self.fetch_from(request, behavior, second)
        return reply

    def fetch_from(self, request, behavior, origin):
        origin_policy = NOTHING
        if "OriginRequestPolicyId" in behavior:
            origin_policy = self.policy(MANAGED_ORIGIN, behavior["OriginRequestPolicyId"],
                                        "OriginRequestPolicyConfig")
        sent = edge_policies.towards_origin(request, self.cache_policy(behavior), origin_policy)
        sent.path = origin.get("OriginPath", "") + sent.path
        if "S3OriginConfig" in origin:
            return self.account.read_object(origin["DomainName"], sent)
        own = [(one["HeaderName"].lower(), one["HeaderValue"])
               for one in origin.get("OriginCustomHeaders", [])]
        names = {name for name, _ in own}
        sent.headers = [one for one in sent.headers if one[0] not in names] + own
        sent.headers.insert(0, ("host", origin["DomainName"]))
        return self.account.gateway(origin["DomainName"]).answer(sent)

    def policy(self, managed, name, key):
        return managed[name] if name in managed else self.account.resource(name)[key]

    def cache_policy(self, behavior):
        return self.policy(MANAGED_CACHE, behavior["CachePolicyId"], "CachePolicyConfig")

    # On the way back

    def cached(self, request, behavior, origin):
        if not self.is_caching or request.method not in ("GET", "HEAD"):
            return self.fetch(request, behavior, origin)
        key = (request.method, origin, request.path)
        self.heed_invalidations()
        kept = self.cache.get(key)
        if kept and kept[0] > time.monotonic():
            return Reply(kept[1].status, [*kept[1].headers, ("x-cache", "Hit from cloudfront")],
                         kept[1].body)
        reply = self.fetch(request, behavior, origin)
        seconds = edge_policies.seconds_kept(self.cache_policy(behavior), reply)
        if seconds and reply.status == 200:
            self.cache[key] = (time.monotonic() + seconds,
                               Reply(reply.status, list(reply.headers), reply.body))
        return reply

    def heed_invalidations(self):
        """Each once: a path, or the start of many with a star behind it."""
        asked = self.account.invalidations(self.name)
        for path in [path for paths in asked[self.heeded:] for path in paths]:
            self.cache = {key: kept for key, kept in self.cache.items()
                          if not edge_policies.matches(path, key[2])}
        self.heeded = len(asked)

    def compressed(self, request, behavior, reply):
        wanted = "gzip" in (request.header("accept-encoding") or "")
        key = self.cache_policy(behavior)["ParametersInCacheKeyAndForwardedToOrigin"]
        kind = reply.header("content-type") or ""
        if (not wanted or not edge_policies.is_true(behavior.get("Compress", False))
                or not edge_policies.is_true(key.get("EnableAcceptEncodingGzip", False))
                or reply.header("content-encoding") or not kind.startswith(COMPRESSIBLE)
                or len(reply.body) < GZIP_BYTES_MIN):
            return reply
        tag = reply.header("etag")
        headers = [one for one in reply.headers if one[0] != "etag"]
        headers += [("etag", f"W/{tag}")] if tag else []
        return Reply(reply.status, [*headers, ("content-encoding", "gzip")],
                     gzip.compress(reply.body))

    @staticmethod
    def conditional(request, reply):
        asked, tag = request.header("if-none-match"), reply.header("etag")
        if reply.status == 200 and asked and tag and asked.strip() in (tag, "*"):
            return Reply(304, [one for one in reply.headers if one[0] != "content-type"])
        return reply


def read_object(client, bucket, request):
    """What an origin access control reads: without the right to list, what is missing is 403."""
    if request.method not in ("GET", "HEAD"):
        return Reply(405, [("content-type", "application/xml")], b"<Error/>")
    try:
        found = client.get_object(Bucket=bucket, Key=urllib.parse.unquote(request.path[1:]))
    except botocore.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchKey":
            raise
        return Reply(403, [("content-type", "application/xml")],
                     b"<Error><Code>AccessDenied</Code></Error>")
    given = found["ResponseMetadata"]["HTTPHeaders"]
    kept = [(name, value) for name, value in given.items() if name in (
        "content-type", "etag", "last-modified", "cache-control", "content-disposition",
        "content-encoding", "content-language")]
    return Reply(200, [*kept, ("server", "AmazonS3")], found["Body"].read())


class Edge:
    """Every distribution of a house, and the APIs' own hosts beside them, found by Host."""

    def __init__(self, account):
        self.account, self.distributions = account, []
        self.functions = FunctionHost()

    def add(self, name, config):
        """A second distribution of this name takes the first one's place."""
        kept = [one for one in self.distributions if one.name != name]
        self.distributions = [*kept, Distribution(name, config, self.account, self.functions)]

    def answer(self, request):
        host = (request.header("host") or "").split(":")[0].lower()
        direct = self.account.gateways.get(host)
        if direct:
            return direct.answer(request)
        for one in self.distributions:
            if host in one.hosts:
                # Only the name counts at the edge; whichever port a test listens on is none of it.
                headers = [("host", host)] + [h for h in request.headers if h[0] != "host"]
                return one.answer(dataclasses.replace(request, headers=headers))
        return refusal(403, "The request could not be satisfied")

    def close(self):
        self.functions.close()


def handler_for(edge, quiet):
    """The class of an HTTP server's handler that answers by this edge."""
    class EdgeHandler(quiet):
        def answer(self):
            path, _, query = self.path.partition("?")
            headers = [(name.lower(), value) for name, value in self.headers.items()]
            reply = edge().answer(Request(self.command, path, query, headers, self.body(),
                                          self.client_address[0]))
            self.give(reply.status, reply.body, reply.headers)

        do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer
    return EdgeHandler
