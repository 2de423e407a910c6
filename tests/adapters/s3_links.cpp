// Addresses at which S3 hands out one object for a while, against what boto3 1.43 makes of the same
// inputs, and the headers with which a page is put so that CloudFront can hand it out as it is.
#include <unistd.h>

#include "base/text.h"

#include "adapters/s3_objects.h"

#include "tests/net/scripted_server.h"

namespace adapters::testing {

using net::testing::answer;
using net::testing::ScriptedServer;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const base::Instant noon = *base::parse_utc("2027-06-01T12:00:00Z");

std::shared_ptr<net::AwsCredentialSource> credentials(const std::string& token) {
  return std::make_shared<net::AwsCredentialSource>([token](const char* name) {
    const std::string wanted = name;
    if (wanted == "AWS_ACCESS_KEY_ID") return std::string("ASIAEXAMPLE");
    if (wanted == "AWS_SECRET_ACCESS_KEY") return std::string("secret/of+nobody");
    if (wanted == "AWS_SESSION_TOKEN") return token;
    return std::string();
  });
}

// The bucket in the host's name, as on AWS. Nobody is spoken to.
S3Objects on_aws(const std::string& token) {
  const auto client = std::make_shared<net::AwsClient>(
      net::AwsService{"s3", "eu-west-1",
                      net::Endpoint::parse("https://my-photos.s3.eu-west-1.amazonaws.com").value()},
      credentials(token), [] { return noon; });
  return S3Objects(client, client, {"my-pages", "my-photos", S3Buckets::Style::host});
}

ports::ObjectName photo() {
  return {domain::TenantId("jada"), "quarantine/jada.7k3m/p1.jpg"};
}

ports::LinkTerms terms() {
  ports::LinkTerms terms;
  terms.content_type = "image/jpeg";
  terms.content_disposition = "attachment; filename*=UTF-8''Sunset%20over%20M%C3%A5l%C3%B8y.jpg";
  terms.now = noon;
  return terms;
}

std::string link_of(S3Objects objects, const ports::LinkTerms& wanted = terms()) {
  const auto link = objects.link(photo(), wanted);
  EXPECT_TRUE(link) << link.error().message;
  return link && *link ? **link : "none";
}

std::string parameter(const std::string& link, const std::string& name) {
  const std::string query = link.substr(link.find('?') + 1);
  for (const std::string_view one : base::split(query, '&'))
    if (one.starts_with(name + "=")) return std::string(one.substr(name.size() + 1));
  return "none";
}

// A page as it was put, with its head.
std::string put_of(const std::string& path, const std::string& content_type) {
  ScriptedServer server([](const std::string& request) {
    return request.starts_with("HEAD") ? "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
                                       : answer("");
  });
  const auto client = std::make_shared<net::AwsClient>(
      net::AwsService{"s3", "eu-west-1", server.endpoint()}, credentials(""), [] { return noon; });
  S3Objects objects(client, client, {"my-pages", "my-photos", S3Buckets::Style::path});
  EXPECT_TRUE(objects.put({domain::TenantId("jada"), path}, {"x", content_type, 0}));
  const auto requests = server.requests();
  return requests.empty() ? "" : requests.back();
}

bool says(const std::string& request, const std::string& line) {
  return request.find("\r\n" + line + "\r\n") != std::string::npos;
}

}  // namespace

TEST(S3Links, are_those_that_boto3_makes) {
  EXPECT_EQ(link_of(on_aws("")),
            "https://my-photos.s3.eu-west-1.amazonaws.com/jada/quarantine/jada.7k3m/p1.jpg"
            "?response-content-disposition=attachment%3B%20filename%2A%3DUTF-8%27%27Sunset%2520"
            "over%2520M%25C3%25A5l%25C3%25B8y.jpg&response-content-type=image%2Fjpeg"
            "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
            "&X-Amz-Credential=ASIAEXAMPLE%2F20270601%2Feu-west-1%2Fs3%2Faws4_request"
            "&X-Amz-Date=20270601T120000Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host"
            "&X-Amz-Signature="
            "6a580765f8a58c91b09c4281edeb1013c2ea805220e328fd8fef997245cf6091");
}

TEST(S3Links, carry_the_token_of_a_session) {
  const std::string link = link_of(on_aws("a+session/token=="));
  EXPECT_EQ(parameter(link, "X-Amz-Security-Token"), "a%2Bsession%2Ftoken%3D%3D");
  EXPECT_EQ(parameter(link, "X-Amz-Signature"),
            "643b34820cbce6ab2f1453599117722e893814266454ece117b5b44481b04a21");
}

TEST(S3Links, live_no_longer_than_asked_and_than_the_credentials) {
  ports::LinkTerms shorter = terms();
  shorter.lifetime = seconds(30);
  EXPECT_EQ(parameter(link_of(on_aws(""), shorter), "X-Amz-Expires"), "30");
  ports::LinkTerms longer = terms();
  longer.lifetime = std::chrono::hours(5);
  EXPECT_EQ(parameter(link_of(on_aws(""), longer), "X-Amz-Expires"), "18000");
  // A session that does not say when it ends is trusted for a quarter of an hour.
  EXPECT_EQ(parameter(link_of(on_aws("a-session"), longer), "X-Amz-Expires"), "900");
  ports::LinkTerms none = terms();
  none.lifetime = seconds(0);
  EXPECT_EQ(on_aws("").link(photo(), none).error().kind, base::Kind::unavailable);
}

TEST(S3Links, refuse_a_name_that_is_none) {
  EXPECT_EQ(on_aws("").link({domain::TenantId("jada"), "../tern/a.jpg"}, terms()).error().kind,
            base::Kind::invalid);
}

TEST(S3Pages, carry_what_cloudfront_is_to_say) {
  const std::string page = put_of("boatsetter-may-30.html", "text/html; charset=utf-8");
  EXPECT_TRUE(says(page, "Cache-Control: public, max-age=0, must-revalidate, s-maxage=60")) << page;
  EXPECT_EQ(page.find("Content-Disposition"), std::string::npos);
  const std::string calendar = put_of("boatsetter-may-30.ics", "text/calendar; charset=utf-8");
  EXPECT_TRUE(says(calendar, "Cache-Control: public, max-age=0, must-revalidate, s-maxage=60"));
  EXPECT_TRUE(
      says(calendar, "Content-Disposition: attachment; filename=\"boatsetter-may-30.ics\""));
  EXPECT_NE(calendar.find("cache-control;content-disposition;content-type;host"), std::string::npos)
      << "they are signed: " << calendar;
}

TEST(S3Pages, photos_are_no_pages) {
  const std::string request = put_of("quarantine/jada.7k3m/p1.jpg", "image/jpeg");
  EXPECT_EQ(request.find("Cache-Control"), std::string::npos) << request;
}

}  // namespace adapters::testing
