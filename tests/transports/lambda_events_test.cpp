// What AWS calls a function with, in the shapes its services write.
#include "transports/lambda_events.h"

#include <gtest/gtest.h>

namespace transports::testing {

namespace {

base::Result<Event> read(const std::string& text) {
  return event_from(base::parse_json_object(text).value());
}

std::string stream_record(const std::string& name, const std::string& partition) {
  return R"({"eventID":"1","eventName":")" + name + R"(","eventSource":"aws:dynamodb",
    "dynamodb":{"Keys":{"PK":{"S":")" +
         partition + R"("},"SK":{"S":"2026-11-26T01:38:24Z/jada.a.settle.1"}},
    "SequenceNumber":"300","StreamViewType":"KEYS_ONLY"}})";
}

}  // namespace

TEST(LambdaEvents, a_stream_tells_of_the_due_index) {
  const auto event = read(R"({"Records":[)" + stream_record("INSERT", "@due/3") + "," +
                          stream_record("REMOVE", "@due/3") + "," +
                          stream_record("INSERT", "jada/charter/a") + "]}");
  const auto& records = std::get<StreamEvent>(event.value()).records;
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].sequence_number, "300");
  EXPECT_EQ(records[0].sort, "2026-11-26T01:38:24Z/jada.a.settle.1");
}

TEST(LambdaEvents, a_topic_hands_on_its_messages) {
  const auto event = read(R"({"Records":[{"EventVersion":"1.0","EventSource":"aws:sns",
    "Sns":{"Type":"Notification","Subject":null,"Message":"{\"tenant\":\"jada\"}"}}]})");
  EXPECT_EQ(std::get<TopicEvent>(event.value()).messages,
            std::vector<std::string>{R"({"tenant":"jada"})"});
}

TEST(LambdaEvents, a_bucket_writes_keys_as_a_form_does) {
  const auto event = read(R"({"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Post",
    "s3":{"bucket":{"name":"photos"},"object":{"key":"jada/quarantine/a%2Bb+c.jpg","size":7}}},
    {"eventSource":"aws:s3","eventName":"ObjectRemoved:Delete",
    "s3":{"object":{"key":"jada/quarantine/x"}}},
    {"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"object":{"key":"%zz"}}}]})");
  const auto& arrivals = std::get<BucketEvent>(event.value()).arrivals;
  ASSERT_EQ(arrivals.size(), 1U);
  EXPECT_EQ(arrivals[0].key, "jada/quarantine/a+b c.jpg");
  EXPECT_EQ(arrivals[0].bytes, 7);
}

TEST(LambdaEvents, the_clock_says_a_word_and_s3_tries_its_road) {
  EXPECT_EQ(std::get<ClockEvent>(read(R"({"fairlead":"sweep"})").value()).word, "sweep");
  EXPECT_TRUE(
      std::get<BucketEvent>(read(R"({"Service":"Amazon S3","Event":"s3:TestEvent"})").value())
          .arrivals.empty());
}

TEST(LambdaEvents, what_nobody_knows_is_said_so) {
  for (const char* text :
       {"{}", R"({"Records":[]})", R"({"Records":{}})", R"({"Records":[1]})",
        R"({"Records":[{"eventSource":"aws:sqs"}]})", R"({"source":"aws.events"})"})
    EXPECT_EQ(read(text).error().kind, base::Kind::malformed) << text;
}

TEST(LambdaEvents, what_was_not_done_is_named_to_the_stream) {
  EXPECT_EQ(stream_answer({}), R"({"batchItemFailures":[]})");
  EXPECT_EQ(stream_answer({"300", "301"}),
            R"({"batchItemFailures":[{"itemIdentifier":"300"},{"itemIdentifier":"301"}]})");
}

}  // namespace transports::testing
