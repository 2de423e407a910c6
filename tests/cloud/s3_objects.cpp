// The contract of objects on an emulator of S3, and the forms that guests post. It checks no
// signature of a form: that ours are S3's own is shown in tests/domain and by the embedded store.
#include "adapters/s3_objects.h"

#include <unistd.h>

#include "tests/cloud/cloud_fixture.h"
#include "tests/contracts/objects_contract.h"

namespace contracts {

namespace {

class OpenedS3 : public OpenedObjects {
 public:
  OpenedS3() {
    const std::string moto = cloud::emulator("FAIRLEAD_DYNAMODB");
    adapters::S3Buckets buckets{cloud::fresh_name("pages"), cloud::fresh_name("photos"),
                                adapters::S3Buckets::Style::path};
    const auto client = cloud::client_of("s3", moto);
    for (const std::string& bucket : {buckets.pages, buckets.photos}) {
      net::AwsCall make;
      make.method = "PUT";
      make.path = "/" + bucket;
      make.body =
          "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint>"
          "</CreateBucketConfiguration>";
      const auto made = client->send(make, std::chrono::seconds(10));
      EXPECT_TRUE(made && made->status == 200) << (made ? made->body : made.error().message);
    }
    objects_ = std::make_unique<adapters::S3Objects>(client, client, std::move(buckets));
  }
  ports::Objects& objects() override { return *objects_; }

 private:
  std::unique_ptr<adapters::S3Objects> objects_;
};

ports::FormRequest form_request(base::Instant now) {
  ports::FormRequest request;
  request.name = {domain::TenantId("jada"), "quarantine/jada.a/b.jpg"};
  request.content_type = "image/jpeg";
  request.bytes_max = 1000;
  request.now = now;
  request.expires_at = now + std::chrono::hours(24);
  return request;
}

std::string field(const ports::PostForm& form, const std::string& name) {
  for (const auto& [one, value] : form.fields)
    if (one == name) return value;
  return "none";
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(S3, ObjectsContract,
                         testing::Values(ObjectsFactory{
                             "s3", [] { return std::make_unique<OpenedS3>(); }}),
                         testing::PrintToStringParamName());

TEST(S3Objects, a_form_names_the_bucket_and_the_tenants_own_key) {
  OpenedS3 opened;
  const auto form = opened.objects().presign(form_request(cloud::now()));
  ASSERT_TRUE(form);
  EXPECT_TRUE(form->url.find("/photos-") != std::string::npos) << form->url;
  EXPECT_EQ(field(*form, "key"), "jada/quarantine/jada.a/b.jpg");
  EXPECT_EQ(field(*form, "x-amz-security-token"), "none");
}

TEST(S3Objects, a_link_is_a_download_of_what_was_put) {
  OpenedS3 opened;
  const ports::ObjectName name{domain::TenantId("jada"), "quarantine/jada.a/b.jpg"};
  ASSERT_TRUE(opened.objects().put(name, {"\xff\xd8\xff\xe0", "image/jpeg", 0}));
  ports::LinkTerms terms;
  terms.content_type = "image/jpeg";
  terms.content_disposition = "attachment; filename*=UTF-8''Sunset.jpg";
  terms.now = cloud::now();
  const auto link = opened.objects().link(name, terms);
  ASSERT_TRUE(link && *link);
  const std::string address = **link;
  const std::size_t path = address.find('/', std::string("http://").size());
  net::HttpClient anybody(net::Endpoint::parse(address.substr(0, path)).value());
  net::ClientRequest request;
  request.target = address.substr(path);
  const auto answer = anybody.send(request);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->status, 200) << answer->body;
  EXPECT_EQ(answer->body, "\xff\xd8\xff\xe0");
  EXPECT_EQ(answer->header("Content-Disposition"), "attachment; filename*=UTF-8''Sunset.jpg");
  request.target.replace(request.target.find("Sunset"), 6, "Sunday");
  const auto changed = anybody.send(request);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->status, 403) << changed->body;
}

TEST(S3Objects, a_form_never_outlives_the_credentials_that_signed_it) {
  const auto source = std::make_shared<net::AwsCredentialSource>([](const char* name) {
    const std::string wanted = name;
    if (wanted == "AWS_ACCESS_KEY_ID") return std::string("ASIAEXAMPLE");
    if (wanted == "AWS_SECRET_ACCESS_KEY") return std::string("secret");
    if (wanted == "AWS_SESSION_TOKEN") return std::string("a-session");
    return std::string();
  });
  const auto client = std::make_shared<net::AwsClient>(
      net::AwsService{"s3", "eu-west-1",
                      net::Endpoint::parse("https://b.s3.eu-west-1.amazonaws.com").value()},
      source, cloud::now);
  adapters::S3Objects objects(client, client, {"pages", "b", adapters::S3Buckets::Style::host});
  const base::Instant now = cloud::now();
  const auto form = objects.presign(form_request(now));
  ASSERT_TRUE(form);
  EXPECT_EQ(form->url, "https://b.s3.eu-west-1.amazonaws.com/");
  EXPECT_EQ(objects.form_origin(), "https://b.s3.eu-west-1.amazonaws.com");
  EXPECT_LE(form->expires_at, now + std::chrono::minutes(15));
  EXPECT_EQ(field(*form, "x-amz-security-token"), "a-session");
}

}  // namespace contracts
