// Refusals as S3 writes them.
#include "domain/s3_refusal.h"

#include <gtest/gtest.h>

#include "base/multipart.h"

namespace domain {
namespace {

TEST(S3Refusal, xml) {
  EXPECT_EQ(xml_of(s3_too_large(12, 10), "id1"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<Error><Code>EntityTooLarge</Code>"
            "<Message>Your proposed upload exceeds the maximum allowed size</Message>"
            "<ProposedSize>12</ProposedSize><MaxSizeAllowed>10</MaxSizeAllowed>"
            "<RequestId>id1</RequestId><HostId>id1</HostId></Error>");
  EXPECT_NE(xml_of(s3_missing_field("key"), "")
                .find("<ArgumentName>key</ArgumentName>"
                      "<ArgumentValue></ArgumentValue>"),
            std::string::npos);
}

TEST(S3Refusal, nothing_sent_becomes_markup) {
  const auto key_in = [](std::string_view key) {
    const std::string xml = xml_of(s3_no_such_key(key), "id");
    const auto from = xml.find("<Key>") + 5;
    return xml.substr(from, xml.find("</Key>") - from);
  };
  EXPECT_EQ(key_in("<a b=\"1\">&'"), "&lt;a b=&quot;1&quot;&gt;&amp;'");
  EXPECT_EQ(key_in("\xC3\xA9\r\n\t"), "\xC3\xA9&#13;&#10;&#9;");
  EXPECT_EQ(key_in("a\x01\x7F"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(key_in("a\xFF"), "a\xEF\xBF\xBD");
}

TEST(S3Refusal, what_the_reader_of_forms_refused) {
  const auto code_of = [](std::string_view code) {
    return s3_refusal_of(base::Error{base::Kind::malformed, "x", std::string(code)}).code;
  };
  EXPECT_EQ(code_of(base::form_malformed), "MalformedPOSTRequest");
  EXPECT_EQ(code_of(base::form_too_large), "MaxPostPreDataLengthExceededError");
  EXPECT_EQ(code_of(base::form_too_many), "MaxPostPreDataLengthExceededError");
  EXPECT_EQ(code_of(base::form_second_file), "InvalidArgument");
  EXPECT_EQ(code_of(base::form_without_file), "InvalidArgument");
  EXPECT_EQ(s3_refusal_of(base::unavailable("disk full")), s3_slow_down());
  EXPECT_EQ(s3_refusal_of(base::internal("secret")), s3_internal());
}

TEST(S3Refusal, what_is_wrong_with_a_signature) {
  const base::AwsSigner signer({"AKID", "secret", ""}, "eu-west-1", "s3");
  const auto said = [&](base::SignatureFault fault) {
    const S3Refusal refusal = s3_refusal_of(fault, signer);
    return std::to_string(refusal.status) + " " + refusal.code;
  };
  using base::SignatureFault;
  EXPECT_EQ(said(SignatureFault::missing), "403 AccessDenied");
  EXPECT_EQ(said(SignatureFault::malformed), "400 AuthorizationHeaderMalformed");
  EXPECT_EQ(said(SignatureFault::unknown_key), "403 InvalidAccessKeyId");
  EXPECT_EQ(said(SignatureFault::foreign_scope), "400 AuthorizationHeaderMalformed");
  EXPECT_EQ(said(SignatureFault::wrong_token), "400 InvalidToken");
  EXPECT_EQ(said(SignatureFault::headers_not_signed), "403 AccessDenied");
  EXPECT_EQ(said(SignatureFault::skewed), "403 RequestTimeTooSkewed");
  EXPECT_EQ(said(SignatureFault::expired), "403 AccessDenied");
  EXPECT_EQ(said(SignatureFault::mismatch), "403 SignatureDoesNotMatch");
}

}  // namespace
}  // namespace domain
