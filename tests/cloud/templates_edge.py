"""deploy/aws: cfn-lint, and what stands at the edge. Run by templates.py."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import stacks
from templates_stacks import DEPLOY, HOSTS, ROOT, core_stack, site_stack

BIN = pathlib.Path(sys.executable).parent  # cfn-lint is there too
DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
ALL_BUT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"  # AllViewerExceptHostHeader


class Lint(unittest.TestCase):
    def test_cfn_lint_has_nothing_to_say(self):
        for name in ("core.yaml", "site.yaml"):
            done = subprocess.run(
                [BIN / "cfn-lint", "--include-checks", "I", "--regions", "us-east-1", "eu-west-1",
                 "--template", DEPLOY / name], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), name)

    def test_each_ignored_check_says_why(self):
        for name in ("core.yaml", "site.yaml"):
            metadata = stacks.read_template(DEPLOY / name)["Metadata"]
            ignored = metadata.get("cfn-lint", {}).get("config", {}).get("ignore_checks", [])
            reasons = metadata.get("IgnoredChecks", {})
            self.assertEqual(set(ignored), set(reasons), name)
            for reason in reasons.values():
                self.assertGreater(len(reason), 40)

    def test_it_sees_a_fault(self):
        text = (DEPLOY / "core.yaml").read_text().replace("BillingMode:", "BilingMode:", 1)
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as broken:
            broken.write(text)
            broken.flush()
            done = subprocess.run([BIN / "cfn-lint", "--template", broken.name],
                                  capture_output=True)
        self.assertEqual(done.returncode, 2, done.stdout)


class Edge(unittest.TestCase):
    def test_the_functions_are_the_files(self):
        core = core_stack().template["Resources"]["Rewrite"]["Properties"]["FunctionCode"]
        self.assertEqual(core, (ROOT / "edge" / "rewrite.js").read_text())
        site = site_stack().template["Resources"]["Site"]["Properties"]["FunctionCode"]
        self.assertEqual(site, {"Fn::Sub": (ROOT / "edge" / "site.js").read_text()})

    def test_nothing_is_left_to_put_in(self):
        code = site_stack().property("Site", "FunctionCode")
        self.assertNotIn("${", code)
        for host in HOSTS.values():
            self.assertIn(f"'{host}'", code)

    def test_the_headers_are_the_servers(self):
        source = (ROOT / "src" / "web" / "replies.cpp").read_text()
        block = re.search(r"common\[\] = \{(.*?)\n  \};", source, re.DOTALL).group(1)
        wanted = dict(re.findall(r'\{"([A-Za-z-]+)", "([^"]+)"\}', block))
        policy = "".join(re.findall(r'"([^"]*)"', re.search(
            r"string_view policy =\n(.*?);\n", source, re.DOTALL).group(1)))
        wanted["Content-Security-Policy"] = policy.replace(
            "connect-src 'self'", "connect-src 'self' https://Photos.s3.eu-west-1.amazonaws.com")
        del wanted["Cache-Control"]  # the object's own
        self.assertEqual(self.headers(), wanted)

    def headers(self):
        config = core_stack().property("SiteHeaders", "ResponseHeadersPolicyConfig")
        security = config["SecurityHeadersConfig"]
        given = list(security.values()) + config["CustomHeadersConfig"]["Items"]
        self.assertEqual({one["Override"] for one in given}, {False})
        policy = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
        said = {"Content-Security-Policy": policy,
                "X-Frame-Options": security["FrameOptions"]["FrameOption"],
                "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
                "X-Content-Type-Options": "nosniff",
                "Strict-Transport-Security": "max-age="
                + str(security["StrictTransportSecurity"]["AccessControlMaxAgeSec"])}
        more = config["CustomHeadersConfig"]["Items"]
        return {**said, **{one["Header"]: one["Value"] for one in more}}

    def test_an_hour_is_the_most_a_page_is_kept(self):
        pages = core_stack().property("PagesCache", "CachePolicyConfig")
        self.assertEqual((pages["MinTTL"], pages["MaxTTL"]), (0, 3600))


class Distributions(unittest.TestCase):
    def setUp(self):
        self.stack = site_stack()
        self.guest, self.house = (
            self.stack.property(name, "DistributionConfig") for name in ("Guest", "House"))

    def behaviors(self, config):
        return [*config["CacheBehaviors"], {"PathPattern": "*", **config["DefaultCacheBehavior"]}]

    def test_what_goes_where(self):
        def roads(config):
            return [(one["PathPattern"], one["TargetOriginId"], "POST" in one["AllowedMethods"])
                    for one in self.behaviors(config)]
        self.assertEqual(roads(self.guest), [
            ("/g/*/photos/*", "crew", True), ("/g/*", "pages-or-crew", False),
            ("/assets/*", "crew", False), ("*", "crew", True)])
        self.assertEqual(roads(self.house), [("/assets/*", "crew", False), ("*", "crew", True)])

    def test_what_is_not_kept_arrives_whole_and_says_who_asks(self):
        """And what is kept lets nothing of the viewer's through: nobody can forge who asks."""
        for behavior in self.behaviors(self.guest) + self.behaviors(self.house):
            functions = [one["FunctionARN"] for one in behavior.get("FunctionAssociations", [])]
            if "POST" in behavior["AllowedMethods"]:
                self.assertEqual(behavior["CachePolicyId"], DISABLED)
                self.assertEqual(behavior["OriginRequestPolicyId"], ALL_BUT_HOST)
                self.assertEqual(functions, ["Site.FunctionARN"])
            else:
                self.assertNotIn("OriginRequestPolicyId", behavior)
                self.assertNotEqual(behavior["CachePolicyId"], DISABLED)
            self.assertEqual(behavior["ViewerProtocolPolicy"], "redirect-to-https")

    def test_each_origin_of_an_api_vouches_for_one_site(self):
        wanted = {("Guest", "crew"): "guest.example", ("Guest", "crew-pages"): "guest.example",
                  ("House", "crew"): "crew.example", ("House", "ops"): "ops.example"}
        found = {}
        for name, config in (("Guest", self.guest), ("House", self.house)):
            for origin in config["Origins"]:
                headers = {one["HeaderName"]: one["HeaderValue"]
                           for one in origin.get("OriginCustomHeaders", [])}
                if "S3OriginConfig" in origin:
                    self.assertEqual(origin["OriginPath"], "/jada")
                    self.assertEqual(headers, {})
                    continue
                found[name, origin["Id"]] = headers["x-fairlead-site"]
                self.assertRegex(headers["x-fairlead-edge"],
                                 r"^\{\{resolve:secretsmanager:EdgeSecret:SecretString:::.*\}\}$")
                api = "OpsApi" if origin["Id"] == "ops" else "CrewApi"
                self.assertEqual(origin["DomainName"], f"{api}.execute-api.eu-west-1.amazonaws.com")
        self.assertEqual(found, wanted)

    def test_no_refusal_is_kept(self):
        for config in (self.guest, self.house):
            kept = {one["ErrorCode"]: one["ErrorCachingMinTTL"]
                    for one in config["CustomErrorResponses"]}
            self.assertEqual(set(kept.values()), {0})
            self.assertLessEqual({403, 404, 500, 502, 503, 504}, set(kept))

    def test_names_and_mail_only_where_wanted(self):
        self.assertEqual(self.stack.of_type("AWS::Route53::RecordSet"), {})
        self.assertEqual(self.stack.of_type("AWS::SES::EmailIdentity"), {})
        full = site_stack(GuestZone="Z1", OpsZone="Z2", CrewZone="Z2", MailZone="Z1",
                          MailDomain="mail.example")
        self.assertEqual(len(full.of_type("AWS::Route53::RecordSet")), 11)
        self.assertEqual(len(full.of_type("AWS::SES::EmailIdentity")), 1)
