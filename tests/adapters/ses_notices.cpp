// What SES publishes, read.
#include "adapters/ses_notices.h"

#include <gtest/gtest.h>

namespace adapters::testing {

using ports::DeliveryNotice;

namespace {

constexpr const char* mail =
    R"("mail":{"messageId":"0102","destination":["dana@guest.example"],"headersTruncated":false,
       "headers":[{"name":"Subject","value":"Your trip"},
                  {"name":"X-Fairlead-Id","value":"jada.a.guest_mail.1"}]})";

std::vector<DeliveryNotice> read(const std::string& more) {
  return ses_notices_from("{" + more + "," + mail + "}");
}

}  // namespace

TEST(SesNotices, a_bounce_names_the_mail_the_recipient_and_why) {
  const auto notices = read(
      R"("eventType":"Bounce","bounce":{"bounceType":"Permanent","bounceSubType":"General",
         "bouncedRecipients":[{"emailAddress":"dana@guest.example","action":"failed",
           "status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 user unknown"}]})");
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].kind, DeliveryNotice::Kind::bounced);
  EXPECT_EQ(notices[0].mail, "jada.a.guest_mail.1");
  EXPECT_EQ(notices[0].recipient, "dana@guest.example");
  EXPECT_EQ(notices[0].reason, "Permanent, General: smtp; 550 5.1.1 user unknown");
}

TEST(SesNotices, a_complaint_and_a_refusal) {
  const auto complaint = read(
      R"("eventType":"Complaint","complaint":{"complaintFeedbackType":"abuse",
         "complainedRecipients":[{"emailAddress":"dana@guest.example"}]})");
  ASSERT_EQ(complaint.size(), 1U);
  EXPECT_EQ(complaint[0].kind, DeliveryNotice::Kind::complained);
  EXPECT_EQ(complaint[0].reason, "abuse");
  const auto refused = read(R"("eventType":"Reject","reject":{"reason":"Bad content"})");
  ASSERT_EQ(refused.size(), 1U);
  EXPECT_EQ(refused[0].kind, DeliveryNotice::Kind::bounced);
  EXPECT_EQ(refused[0].recipient, "dana@guest.example");
  EXPECT_EQ(refused[0].reason, "SES refused it: Bad content");
}

TEST(SesNotices, identity_notices_have_another_word_for_their_kind) {
  const auto notices = read(R"("notificationType":"Bounce","bounce":{"bounceType":"Transient",
              "bouncedRecipients":[{"emailAddress":"dana@guest.example"}]})");
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].reason, "Transient");
  EXPECT_EQ(notices[0].kind, DeliveryNotice::Kind::doubtful) << "robots answer so too";
}

TEST(SesNotices, whatever_else_comes_says_nothing) {
  for (const char* message :
       {"Successfully validated SNS topic for Amazon SES event publishing.", "", "[]", "{}",
        R"({"mail":[]})", R"({"mail":{"headers":"x"},"bounce":{}})",
        R"({"mail":{"headers":[1,{"name":"X-Fairlead-Id"}]},"bounce":{"bouncedRecipients":[7]}})"})
    EXPECT_TRUE(ses_notices_from(message).empty()) << message;
  EXPECT_TRUE(read(R"("eventType":"Delivery","delivery":{})").empty());
  EXPECT_TRUE(read(R"("bounce":{"bouncedRecipients":[7,null]})").empty());
}

}  // namespace adapters::testing
