// A purge on moto: a distribution is made, named in a parameter, and has the invalidation after it.
#include "adapters/cloudfront_cdn.h"

#include <unistd.h>

#include "base/json.h"

#include "tests/cloud/cloud_fixture.h"

namespace cloud {

namespace {

net::AwsCall xml_call(const std::string& method, const std::string& path,
                      const std::string& body = {}) {
  net::AwsCall call;
  call.method = method;
  call.path = path;
  if (!body.empty()) call.headers = {{"Content-Type", "application/xml"}};
  call.body = body;
  return call;
}

std::string sent(net::AwsClient& client, const net::AwsCall& call, int status) {
  const auto response = client.send(call, std::chrono::seconds(10));
  EXPECT_TRUE(response && response->status == status)
      << (response ? response->body : response.error().message);
  return response ? response->body : "";
}

// The least that CreateDistribution takes.
std::string distribution_of(const std::string& reference) {
  return "<DistributionConfig xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">"
         "<CallerReference>" +
         reference +
         "</CallerReference><Origins><Quantity>1</Quantity><Items><Origin><Id>pages</Id>"
         "<DomainName>pages.s3.eu-west-1.amazonaws.com</DomainName><S3OriginConfig>"
         "<OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin></Items></Origins>"
         "<DefaultCacheBehavior><TargetOriginId>pages</TargetOriginId>"
         "<ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>"
         "<CachePolicyId>4135ea2d-6df8-44a3-9df3-4b5a84be39ad</CachePolicyId>"
         "</DefaultCacheBehavior><Comment>guests</Comment><Enabled>true</Enabled>"
         "</DistributionConfig>";
}

class Cloudfront : public ::testing::Test {
 protected:
  Cloudfront() {
    const std::string made = sent(
        *cloudfront_, xml_call("POST", "/2020-05-31/distribution", distribution_of(folder_)), 201);
    id_ = net::xml_text(made, "Id");
    name(id_);
  }
  // The tenant's distribution, as a template does it.
  void name(const std::string& distribution) {
    net::AwsCall call;
    call.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                    {"X-Amz-Target", "AmazonSSM.PutParameter"}};
    call.body = base::to_text(base::json::object{{"Name", folder_ + "/jada"},
                                                 {"Value", distribution},
                                                 {"Type", "String"},
                                                 {"Overwrite", true}});
    sent(*ssm_, call, 200);
  }
  std::string invalidations() {
    return sent(*cloudfront_, xml_call("GET", "/2020-05-31/distribution/" + id_ + "/invalidation"),
                200);
  }

  std::shared_ptr<net::AwsClient> cloudfront_ =
      client_of("cloudfront", emulator("FAIRLEAD_MOTO"), "us-east-1");
  std::shared_ptr<net::AwsClient> ssm_ = client_of("ssm", emulator("FAIRLEAD_MOTO"));
  std::string folder_ = "/" + fresh_name("boats");
  std::string id_;
  adapters::CloudfrontCdn cdn_{cloudfront_, ssm_, folder_};
};

}  // namespace

TEST_F(Cloudfront, a_purge_is_an_invalidation_of_the_tenants_distribution) {
  ASSERT_FALSE(id_.empty());
  ASSERT_TRUE(cdn_.purge(domain::TenantId("jada"), {"/g/a.html", "/a.html"}, fresh_name("debt")));
  const std::string listed = invalidations();
  EXPECT_NE(listed.find("<Quantity>1</Quantity>"), std::string::npos) << listed;
  const std::string one =
      sent(*cloudfront_,
           xml_call("GET", "/2020-05-31/distribution/" + id_ + "/invalidation/" +
                               net::xml_text(listed.substr(listed.find("<Items>")), "Id")),
           200);
  EXPECT_NE(one.find("<Path>/g/a.html</Path>"), std::string::npos) << one;
  EXPECT_NE(one.find("<Path>/a.html</Path>"), std::string::npos) << one;
}

TEST_F(Cloudfront, a_tenant_without_a_distribution_has_nothing_to_purge) {
  EXPECT_TRUE(cdn_.purge(domain::TenantId("tern"), {"/g/a.html"}, fresh_name("debt")));
  EXPECT_EQ(invalidations().find("<InvalidationSummary>"), std::string::npos);
}

TEST_F(Cloudfront, a_distribution_that_is_no_more_is_never_purged) {
  name("EGONE");
  EXPECT_EQ(cdn_.purge(domain::TenantId("jada"), {"/g/a.html"}, "debt").error().kind,
            base::Kind::invalid);
}

}  // namespace cloud
