// Conditions of S3's calls, and what S3 can do beside: nothing of it may be taken for something
// else.
#include "web/s3_conditions.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace web {
namespace {

base::RequestHead head(const std::string& query, std::vector<base::Header> headers = {}) {
  base::RequestHead made;
  made.method = base::Method::put;
  made.path = "/o/jada-photos/album/a.jpg";
  made.query = query;
  made.headers = std::move(headers);
  return made;
}

app::StoredObject standing() {
  return {"abc", 3, 10, "image/jpeg", base::parse_utc("2027-05-30T10:00:00Z").value()};
}

std::string code(const std::optional<domain::S3Refusal>& refusal) {
  return refusal ? refusal->code : "none";
}

}  // namespace

TEST(S3Conditions, what_is_about_something_else_than_the_object_is_refused) {
  for (const char* query :
       {"acl", "tagging", "tagging=", "legal-hold", "retention", "uploads", "uploadId=1",
        "partNumber=1&uploadId=2", "versionId=1", "torrent", "x-id=PutObject&acl", "restore",
        "select&select-type=2", "attributes", "TAGGING", "response-content-type=text/html"})
    EXPECT_EQ(code(unknown_to_the_store(head(query))), "NotImplemented") << query;
  for (const char* query : {"", "x-id=PutObject", "X-Amz-Algorithm=a&X-Amz-Signature=b"})
    EXPECT_EQ(code(unknown_to_the_store(head(query))), "none") << query;
  for (const char* header : {"x-amz-copy-source", "X-Amz-Tagging", "x-amz-object-lock-mode",
                             "x-amz-server-side-encryption-customer-key"})
    EXPECT_EQ(code(unknown_to_the_store(head("", {{header, "x"}}))), "NotImplemented") << header;
}

TEST(S3Conditions, a_write_can_ask_for_what_stands_there) {
  const auto there = standing();
  const auto refused = [&](const char* name, const char* value, const app::StoredObject* now) {
    return code(write_refusal(head("", {{name, value}}), now));
  };
  EXPECT_EQ(refused("If-None-Match", "*", &there), "PreconditionFailed");
  EXPECT_EQ(refused("If-None-Match", "*", nullptr), "none");
  EXPECT_EQ(refused("If-None-Match", "\"abc\"", nullptr), "NotImplemented");
  EXPECT_EQ(refused("If-Match", "\"abc\"", &there), "none");
  EXPECT_EQ(refused("If-Match", "\"abd\"", &there), "PreconditionFailed");
  EXPECT_EQ(refused("If-Match", "\"abc\"", nullptr), "NoSuchKey");
  EXPECT_EQ(code(write_refusal(head(""), &there)), "none");
}

TEST(S3Conditions, a_read_can_ask_for_what_is_new) {
  struct Case {
    const char* name;
    const char* value;
    const char* code;
    Fresh fresh;
  };
  for (const Case& one :
       {Case{"If-Match", "\"abc\"", "none", Fresh::send},
        Case{"If-Match", "\"abd\"", "PreconditionFailed", Fresh::send},
        Case{"If-None-Match", "\"abc\"", "none", Fresh::unchanged},
        Case{"If-None-Match", "\"x\", \"abc\"", "none", Fresh::unchanged},
        Case{"If-None-Match", "\"abd\"", "none", Fresh::send},
        Case{"If-Modified-Since", "Sun, 30 May 2027 10:00:00 GMT", "none", Fresh::unchanged},
        Case{"If-Modified-Since", "Sun, 30 May 2027 09:59:59 GMT", "none", Fresh::send},
        Case{"If-Modified-Since", "yesterday", "none", Fresh::send},
        Case{"If-Unmodified-Since", "Sun, 30 May 2027 09:59:59 GMT", "PreconditionFailed",
             Fresh::send},
        Case{"If-Unmodified-Since", "Sun, 30 May 2027 10:00:00 GMT", "none", Fresh::send}}) {
    const auto asked = head("", {{one.name, one.value}});
    EXPECT_EQ(code(read_refusal(asked, standing())), one.code) << one.name << one.value;
    EXPECT_EQ(freshness(asked, standing()), one.fresh) << one.name << one.value;
  }
}

}  // namespace web
