"""An account with core.yaml and site.yaml deployed, on the emulators: what the templates describe
is made under names of its own, functions become processes, and references find their resources.

CloudFormation on moto makes too few of these types, so this follows the templates itself: tables,
buckets, topics, secrets, functions with their settings, HTTP APIs, event sources, distributions.
"""

import atexit
import functools
import os
import pathlib
import re
import secrets
import tempfile
import tomllib

import boto3
import botocore.config

import edge
import gateway
import stacks
from runtime_api import Function

REGION = "eu-west-1"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "nobody's",
               "AWS_SESSION_TOKEN": "of-this-role"}
NAMED = {"S3::Bucket": "BucketName", "DynamoDB::Table": "TableName",
         "SES::ConfigurationSet": "Name", "SecretsManager::Secret": "Name"}
CONCURRENCY = {"ops": 3, "crew": 3, "worker": 2, "notifier": 2, "photos": 1}


def table_arn(name):
    return f"arn:aws:dynamodb:{REGION}:123456789012:table/{name}"


def endpoints():
    return {"AWS_ENDPOINT_URL_DYNAMODB": os.environ["FAIRLEAD_DYNAMODB"],
            "AWS_ENDPOINT_URL": os.environ["FAIRLEAD_MOTO"], "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true"}


@functools.lru_cache(maxsize=None)
def client(service):
    """The official client, to the emulator that stands for the service; one for all threads."""
    dynamodb = service.startswith("dynamodb")
    made = boto3.client(
        service, region_name=REGION, aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="nobody's",
        endpoint_url=os.environ["FAIRLEAD_DYNAMODB" if dynamodb else "FAIRLEAD_MOTO"],
        config=botocore.config.Config(s3={"addressing_style": "path"}, max_pool_connections=50,
                                      retries={"max_attempts": 2}))
    atexit.register(made.close)
    return made


class Account:
    def __init__(self, parameters=None, endpoint_of=None):
        self.id = secrets.token_hex(4)
        self.temporary = tempfile.TemporaryDirectory(prefix="fairlead-account-")
        self.folder = pathlib.Path(self.temporary.name)
        self.endpoint_of = endpoint_of or (lambda role: {})  # of its own, by which it is watched
        self.gateways, self.functions, self.edge_faults = {}, {}, []
        self.secret_texts, self.stacks, self.made, self.distributions = {}, {}, {}, {}
        self.server_key = secrets.token_hex(32)
        self.s3, self.dynamodb = client("s3"), client("dynamodb")
        self.public_url = None  # other than the template's
        self.core = self.add_stack(f"fairlead-{self.id}", "core.yaml", parameters or {}, {})
        self.make_core()

    # What templates refer to

    def add_stack(self, name, file, parameters, exports):
        template = stacks.read_template(stacks.DEPLOY / file)
        known = {key: value for key, value in parameters.items()
                 if key in template.get("Parameters", {})}
        self.stacks[name] = stacks.Stack(name, template, self.physical, known, exports)
        return self.stacks[name]

    def physical(self, stack, logical, attribute):
        """A name where one is made, and for the rest "stack/Logical", which resource() takes."""
        kind = stack.type_of(logical).removeprefix("AWS::")
        if kind in NAMED:
            name = stack.property(logical, NAMED[kind])
            return {"Arn": f"arn:aws:s3:::{name}" if kind == "S3::Bucket" else table_arn(name),
                    "RegionalDomainName": f"{name}.s3.{REGION}.amazonaws.com"}.get(attribute, name)
        name = f"{stack.name}-{logical}".lower()
        if kind == "SNS::Topic":
            return f"arn:aws:sns:{REGION}:123456789012:{name}"
        if kind == "CloudFront::Distribution":
            id = self.distributions[f"{stack.name}/{logical}"]
            return f"{id.lower()}.cloudfront.net" if attribute == "DomainName" else id
        if kind == "ApiGatewayV2::Api":
            host = f"{name.replace('-', '')}.execute-api.{REGION}.amazonaws.com"
            return f"https://{host}" if attribute == "ApiEndpoint" else host.split(".")[0]
        return f"{stack.name}/{logical}"

    def resource(self, reference):
        """The properties of what a reference names; those of "core/Rewrite"."""
        name, _, logical = reference.partition("/")
        stack = self.stacks[name]
        return stack.value(stack.template["Resources"][logical]["Properties"])

    def gateway(self, host):
        return self.gateways[host]

    def read_object(self, domain, request):
        return edge.read_object(self.s3, domain.split(".")[0], request)

    # Making

    def make_core(self):
        for logical, table in self.core.of_type("AWS::DynamoDB::Table").items():
            self.make_table(self.core.physical(self.core, logical, ""), table)
        for logical, bucket in self.core.of_type("AWS::S3::Bucket").items():
            self.make_bucket(self.core.physical(self.core, logical, ""), bucket)
        for logical in self.core.of_type("AWS::SNS::Topic"):
            name = self.core.physical(self.core, logical, "").split(":")[-1]
            client("sns").create_topic(Name=name)
        for logical, secret in self.core.of_type("AWS::SecretsManager::Secret").items():
            self.make_secret(self.core.physical(self.core, logical, ""), secret)
        for logical in self.core.of_type("AWS::SES::ConfigurationSet"):
            client("sesv2").create_configuration_set(
                ConfigurationSetName=self.core.physical(self.core, logical, ""))
        for logical, function in self.core.of_type("AWS::Lambda::Function").items():
            self.make_function(logical, function)
        self.make_gateways()

    def make_table(self, name, table):
        # MiniStack takes no settings that only a later call of AWS's own makes.
        self.dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=table["KeySchema"],
            AttributeDefinitions=table["AttributeDefinitions"],
            **({"StreamSpecification": {"StreamEnabled": True, **table["StreamSpecification"]}}
               if "StreamSpecification" in table else {}))

    def make_bucket(self, name, bucket):
        self.s3.create_bucket(Bucket=name,
                              CreateBucketConfiguration={"LocationConstraint": REGION})
        if bucket.get("VersioningConfiguration"):
            self.s3.put_bucket_versioning(
                Bucket=name, VersioningConfiguration=bucket["VersioningConfiguration"])

    def make_secret(self, name, secret):
        """The server key is 64 hexadecimal digits; what else is generated is any text."""
        made = secret.get("GenerateSecretString", {})
        hexadecimal = made.get("ExcludeCharacters", "").endswith("xyz")
        text = self.server_key if hexadecimal else secrets.token_urlsafe(24)
        client("secretsmanager").create_secret(Name=name, SecretString=text)
        self.secret_texts[name] = text

    def make_function(self, logical, properties):
        role = properties["Handler"]
        if role in self.functions:
            raise AssertionError(f"two functions are {role}")
        variables = {**properties.get("Environment", {}).get("Variables", {}), **endpoints(),
                     **CREDENTIALS, **self.endpoint_of(role)}
        if self.public_url:
            variables["FAIRLEAD_SETTINGS"] = with_public_url(
                variables["FAIRLEAD_SETTINGS"], self.public_url)
        made = Function(role, self.folder, variables, int(properties["Timeout"]),
                        CONCURRENCY.get(role, 1))
        self.functions[role] = made
        self.made[f"{self.core.name}/{logical}"] = made

    def make_gateways(self):
        for one in self.core.of_type("AWS::ApiGatewayV2::Integration").values():
            if one["PayloadFormatVersion"] != "2.0":
                raise AssertionError(f"an integration of payload {one['PayloadFormatVersion']}")
            host = f"{one['ApiId']}.execute-api.{REGION}.amazonaws.com"
            reference = next(name for name in self.made if name in one["IntegrationUri"])
            self.gateways[host] = gateway.Gateway(host, self.made[reference])

    def add_site(self, tenant, hosts):
        """site.yaml for an operator; its distributions as the edge takes them, by their ids."""
        certificate = "arn:aws:acm:us-east-1:123456789012:certificate/c"
        parameters = {
            "Core": self.core.name, "Tenant": tenant, "OpsHost": hosts["ops"],
            "CrewHost": hosts["crew"], "GuestHost": hosts["guest"],
            "GuestCertificate": certificate, "HouseCertificate": certificate,
            "EdgeSecretVersion": "0" * 32}
        site = self.add_stack(f"{self.core.name}-{tenant}", "site.yaml", parameters,
                              stacks.exports_of(self.core))
        for logical, resource in site.template["Resources"].items():
            if resource["Type"] == "AWS::CloudFront::Distribution":
                self.make_distribution(f"{site.name}/{logical}")
        for parameter in site.of_type("AWS::SSM::Parameter").values():
            client("ssm").put_parameter(Name=parameter["Name"], Value=parameter["Value"],
                                        Type=parameter["Type"], Overwrite=True)
        return {site.physical(site, logical, ""): self.secrets_shown(one["DistributionConfig"])
                for logical, one in site.of_type("AWS::CloudFront::Distribution").items()}

    def make_distribution(self, reference):
        """In moto, for what is purged of it; what it does is the edge's part."""
        if reference in self.distributions:
            return
        made = client("cloudfront").create_distribution(DistributionConfig={
            "CallerReference": reference, "Comment": reference, "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [
                {"Id": "o", "DomainName": "o.example", "CustomOriginConfig": {
                    "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}}]},
            "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all",
                                     "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"}})
        self.distributions[reference] = made["Distribution"]["Id"]

    def invalidations(self, distribution):
        """The paths of each invalidation that was asked for, in order."""
        known = client("cloudfront").list_invalidations(DistributionId=distribution)
        ids = [one["Id"] for one in known["InvalidationList"].get("Items", [])]
        batches = [client("cloudfront").get_invalidation(DistributionId=distribution, Id=id)
                   ["Invalidation"]["InvalidationBatch"] for id in ids]
        return [batch["Paths"]["Items"] for batch in batches]

    def secrets_shown(self, node):
        """Dynamic references, {{resolve:secretsmanager:NAME…}}, as what they stand for."""
        if isinstance(node, dict):
            return {key: self.secrets_shown(one) for key, one in node.items()}
        if isinstance(node, list):
            return [self.secrets_shown(one) for one in node]
        if isinstance(node, str) and node.startswith("{{resolve:secretsmanager:"):
            name = next(name for name in self.secret_texts if name in node)
            return self.secret_texts[name]
        return node

    def table(self, name):
        """The table of records called operations or owner_only."""
        return self.settings()["store"][name]

    def settings(self):
        """The worker's, who knows everything."""
        return tomllib.loads(self.functions["worker"].variables["FAIRLEAD_SETTINGS"])

    def forget_wrong(self):
        """What a test meant to happen."""
        for one in self.gateways.values():
            one.wrong.clear()

    def restart_functions(self):
        """New settings count from the next cold start on, as after a deployment."""
        for one in self.functions.values():
            one.close()
        if self.public_url:
            for one in self.functions.values():
                one.variables["FAIRLEAD_SETTINGS"] = with_public_url(
                    one.variables["FAIRLEAD_SETTINGS"], self.public_url)

    def close(self):
        for one in self.functions.values():
            one.close()
        self.temporary.cleanup()


def with_public_url(settings, url):
    """The settings with this url in [public], whether or not they have that table."""
    line = f'url = "{url}"'
    if re.search(r"(?m)^url\s*=", settings):
        return re.sub(r"(?m)^url\s*=.*$", lambda _: line, settings)
    if "[public]" in settings:
        return settings.replace("[public]", f"[public]\n{line}", 1)
    return f"[public]\n{line}\n{settings}"
