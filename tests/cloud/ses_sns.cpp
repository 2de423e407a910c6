// Mail and the crew topic on moto: what was sent is read back from it.
#include <unistd.h>

#include "base/json.h"

#include "adapters/ses_mailer.h"
#include "adapters/sns_topic.h"

#include "tests/cloud/cloud_fixture.h"

namespace cloud {

namespace {

net::AwsCall json_call(const std::string& path, const std::string& body) {
  net::AwsCall call;
  call.path = path;
  call.headers = {{"Content-Type", "application/json"}};
  call.body = body;
  return call;
}

// Everything that moto's SES has taken, as its own page of data shows it.
std::string taken_mails() {
  net::HttpClient moto(net::Endpoint::parse(emulator("FAIRLEAD_MOTO")).value());
  net::ClientRequest request;
  request.target = "/moto-api/data.json";
  const auto page = moto.send(request);
  EXPECT_TRUE(page);
  const auto data = base::parse_json(page->body).value();
  const auto* mails = data.as_object().at("ses").as_object().if_contains("RawMessage");
  return mails ? base::to_text(*mails) : "";
}

}  // namespace

TEST(Ses, a_mail_arrives_as_it_was_written) {
  const auto client = client_of("ses", emulator("FAIRLEAD_MOTO"));
  ASSERT_EQ(client
                ->send(json_call("/v2/email/identities", R"({"EmailIdentity":"jada.example"})"),
                       std::chrono::seconds(10))
                ->status,
            200);
  adapters::SesMailer mailer(client, "");
  const std::string id = fresh_name("job");
  ASSERT_TRUE(
      mailer.send({id, "no-reply@jada.example", "ana@crew.example",
                   "From: no-reply@jada.example\r\nTo: ana@crew.example\r\nX-Fairlead-Id: " + id +
                       "\r\nSubject: Sunset sail\r\n\r\nCome aboard.\r\n"}));
  const std::string taken = taken_mails();
  EXPECT_NE(taken.find(id), std::string::npos);
  EXPECT_NE(taken.find("ana@crew.example"), std::string::npos);
  EXPECT_NE(taken.find("Come aboard."), std::string::npos);
}

TEST(Ses, a_sender_whom_nobody_verified_is_given_up) {
  adapters::SesMailer mailer(client_of("ses", emulator("FAIRLEAD_MOTO")), "");
  const auto refused = mailer.send(
      {"job", "a@unverified.example", "b@crew.example", "From: a@unverified.example\r\n\r\nx"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, base::Kind::invalid) << refused.error().message;
}

TEST(Sns, a_topic_takes_announcements_and_an_unknown_one_does_not) {
  const auto client = client_of("sns", emulator("FAIRLEAD_MOTO"));
  net::AwsCall make;
  make.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  make.body = "Action=CreateTopic&Version=2010-03-31&Name=" + fresh_name("crew");
  const auto made = client->send(make, std::chrono::seconds(10));
  ASSERT_TRUE(made && made->status == 200);
  const ports::CrewAnnouncement call{domain::TenantId("jada"), domain::CharterId("jada.a"), 1};
  EXPECT_TRUE(adapters::SnsTopic(client, net::xml_text(made->body, "TopicArn")).announce(call));
  EXPECT_EQ(adapters::SnsTopic(client, "arn:aws:sns:eu-west-1:123456789012:nobody")
                .announce(call)
                .error()
                .kind,
            base::Kind::invalid);
}

}  // namespace cloud
