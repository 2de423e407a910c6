"""CloudFront's policies, for tests: what of a viewer's request reaches an origin, what is added to
the answer. What no policy admits is dropped, as at the edge. Sources: CloudFront Developer Guide,
"Understand cache policies", "Understand origin request policies", "Understand response headers
policies" and their lists of managed policies.
"""

import fnmatch
import re

import gateway

EVERYTHING = {"HeadersConfig": {"HeaderBehavior": "allViewer"},
              "CookiesConfig": {"CookieBehavior": "all"},
              "QueryStringsConfig": {"QueryStringBehavior": "all"}}
NOTHING = {"HeadersConfig": {"HeaderBehavior": "none"},
           "CookiesConfig": {"CookieBehavior": "none"},
           "QueryStringsConfig": {"QueryStringBehavior": "none"}}
COMPRESSED = {"EnableAcceptEncodingGzip": True, "EnableAcceptEncodingBrotli": True}
MANAGED_CACHE = {
    "4135ea2d-6df8-44a3-9df3-4b5a84be39ad":  # CachingDisabled
        {"MinTTL": 0, "DefaultTTL": 0, "MaxTTL": 0,
         "ParametersInCacheKeyAndForwardedToOrigin": NOTHING},
    "658327ea-f89d-4fab-a63d-7e88639e58f6":  # CachingOptimized
        {"MinTTL": 1, "DefaultTTL": 86400, "MaxTTL": 31536000,
         "ParametersInCacheKeyAndForwardedToOrigin": {**NOTHING, **COMPRESSED}}}
MANAGED_ORIGIN = {
    "b689b0a8-53d0-40ab-baf2-68738e2966ac":  # AllViewerExceptHostHeader
        {**EVERYTHING, "HeadersConfig": {"HeaderBehavior": "allExcept", "Headers": ["host"]}},
    "216adef6-5c7f-47e4-b989-5492eafa07d3": EVERYTHING}  # AllViewer
# Sent on without a policy.
ALWAYS = ("content-type", "if-none-match", "if-modified-since", "range")
# Between two neighbours, or CloudFront's own.
NEVER = ("connection", "content-length", "expect", "keep-alive", "te", "trailer",
         "transfer-encoding", "upgrade", "x-real-ip")


def is_true(value):
    return str(value).lower() == "true"


def admits(behavior, names, name):
    if behavior in ("all", "allViewer", "allViewerAndWhitelistCloudFront"):
        return True
    listed = name in [one.lower() for one in names]
    return {"none": False, "whitelist": listed, "allExcept": not listed}[behavior]


def admitted_headers(policy, headers):
    config = policy.get("HeadersConfig", {})
    behavior = config.get("HeaderBehavior", "none")
    return [(name, value) for name, value in headers if name not in NEVER and name != "cookie"
            and admits(behavior, config.get("Headers", []), name)]


def admitted_cookies(policy, headers):
    config = policy.get("CookiesConfig", {})
    behavior = config.get("CookieBehavior", "none")
    _, cookies = gateway.joined_headers(headers)
    return [cookie for cookie in cookies
            if admits(behavior, config.get("Cookies", []), cookie.split("=")[0].lower())]


def admitted_query(policy, query):
    config = policy.get("QueryStringsConfig", {})
    behavior = config.get("QueryStringBehavior", "none")
    return [one for one in query.split("&") if one
            and admits(behavior, config.get("QueryStrings", []), one.split("=")[0].lower())]


def towards_origin(request, cache_policy, origin_policy):
    """The request that leaves CloudFront, still without the origin's Host and custom headers."""
    key = cache_policy["ParametersInCacheKeyAndForwardedToOrigin"]
    headers, cookies, query = [], [], []
    for policy in (key, origin_policy):
        headers += [one for one in admitted_headers(policy, request.headers) if one not in headers]
        cookies += [one for one in admitted_cookies(policy, request.headers) if one not in cookies]
        query += [one for one in admitted_query(policy, request.query) if one not in query]
    headers += [(name, value) for name, value in request.headers
                if name in ALWAYS and (name, value) not in headers]
    headers = [(name, value) for name, value in headers if name not in ("host", "accept-encoding")]
    if not any(name == "user-agent" for name, _ in headers):
        headers.append(("user-agent", "Amazon CloudFront"))
    if is_true(key.get("EnableAcceptEncodingGzip", False)) and "gzip" in (
            request.header("accept-encoding") or ""):
        headers.append(("accept-encoding", "gzip"))
    if cookies:
        headers.append(("cookie", "; ".join(cookies)))
    headers += [("x-forwarded-for", request.peer), ("via", "2.0 edge.cloudfront.net (CloudFront)"),
                ("x-amz-cf-id", "e")]
    return gateway.Request(request.method, request.path, "&".join(query), headers, request.body,
                           "192.0.2.64")  # one of CloudFront's own addresses


def security_headers(config):
    """(name, value, whether it replaces the origin's) of a policy's security headers."""
    found = []
    for name, key, inner in (
            ("content-security-policy", "ContentSecurityPolicy", "ContentSecurityPolicy"),
            ("x-frame-options", "FrameOptions", "FrameOption"),
            ("referrer-policy", "ReferrerPolicy", "ReferrerPolicy")):
        if key in config:
            found.append((name, config[key][inner], config[key]["Override"]))
    if "ContentTypeOptions" in config:
        found.append(("x-content-type-options", "nosniff",
                      config["ContentTypeOptions"]["Override"]))
    if "StrictTransportSecurity" in config:
        strict = config["StrictTransportSecurity"]
        value = f"max-age={strict['AccessControlMaxAgeSec']}"
        value += "; includeSubDomains" if is_true(strict.get("IncludeSubdomains", False)) else ""
        value += "; preload" if is_true(strict.get("Preload", False)) else ""
        found.append(("strict-transport-security", value, strict["Override"]))
    return found


def add_response_headers(config, reply):
    removed = {one["Header"].lower() for one in
               config.get("RemoveHeadersConfig", {}).get("Items", [])}
    reply.headers = [one for one in reply.headers if one[0] not in removed]
    added = security_headers(config.get("SecurityHeadersConfig", {}))
    added += [(one["Header"].lower(), one["Value"], one["Override"]) for one in
              config.get("CustomHeadersConfig", {}).get("Items", [])]
    for name, value, replaces in added:
        if reply.header(name) is None or is_true(replaces):
            reply.headers = [one for one in reply.headers if one[0] != name] + [(name, value)]


def matches(pattern, path):
    """Of a cache behaviour: * and ?, in full, with case; the first slash may be missing."""
    whole = pattern if pattern.startswith(("/", "*")) else f"/{pattern}"
    return fnmatch.fnmatchcase(path, whole.replace("[", "[[]"))


def seconds_kept(policy, reply):
    """How long the answer may stay in a cache; 0 is not at all."""
    control = reply.header("cache-control") or ""
    shared = re.search(r"s-maxage=(\d+)", control) or re.search(r"max-age=(\d+)", control)
    if re.search(r"no-store|no-cache|private", control):
        return int(policy["MinTTL"])
    wanted = int(shared[1]) if shared else int(policy["DefaultTTL"])
    return min(max(wanted, int(policy["MinTTL"])), int(policy["MaxTTL"]))
