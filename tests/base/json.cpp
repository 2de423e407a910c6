#include "base/json.h"

#include <gtest/gtest.h>

namespace base {
namespace {

using std::string_literals::operator""s;

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

TEST(Json, what_is_written_is_what_was_read) {
  for (const std::string text :
       {R"({"a":1,"b":[true,false,null,"x",-2,{"a":{}}],"c":1.5E0})", R"([])", R"("text")",
        R"({"":"","a\u0000b":"\ud83d\ude00"})", R"([{"a":1},{"a":2}])", R"({"a":{"a":{"a":1}}})",
        R"([18446744073709551615,-9223372036854775808])"}) {
    const auto value = parse_json(text);
    ASSERT_TRUE(value) << text << ": " << value.error().message;
    const auto again = parse_json(to_text(*value));
    ASSERT_TRUE(again) << text;
    EXPECT_EQ(*again, *value) << text;
    EXPECT_EQ(*value, json::parse(text)) << text;  // our builder against the vendor's
  }
}

struct Refused {
  std::string text;
  std::string part;  // of the message
};
const std::vector<Refused> refused{
    {"", "ends too early (line 1, column 1)"},
    {"  ", "ends too early"},
    {"{\"a\":1", "ends too early"},
    {"{\"a\":1}x", "something follows"},
    {"{} {}", "something follows the value (line 1, column 4)"},
    {"{\n \"a\": 1,\n}", "(line 3, column 1)"},
    {"[1,]", "syntax"},
    {"{a:1}", "syntax"},
    {"// note\n{}", "syntax"},
    {"'a'", "syntax"},
    {"[01]", ""},
    {"[NaN]", "syntax"},
    {"[\"a\nb\"]", ""},
    {"[\"a\0b\"]"s, ""},
    {"\xEF\xBB\xBF{}", "syntax"},
    {"[\"\xFF\"]", ""},
    {"[\"\xC0\x80\"]", ""},
    {"[\"\xED\xA0\x80\"]", ""},
    {"{\"\xFF\":1}", ""},
    {R"(["\ud800"])", ""},
    {R"(["\udc00"])", ""},
    {R"(["\x41"])", ""},
    {"[1e400]", "too large"},
    {"[-1e400]", "too large"},
    {R"({"a":1,"a":1})", "\"a\" stands twice"},
    {R"({"a":1,"b":{"c":1,"d":2,"c":3}})", "\"c\" stands twice"},
    {R"([{"x":{"a":1},"a":2,"\u0061":3}])", "\"a\" stands twice"},
    {"{\"" + std::string(500, 'k') + "\":1,\"" + std::string(500, 'k') + "\":2}",
     "\"" + std::string(64, 'k') + "\" stands twice"},
};

TEST(Json, what_is_no_json_is_refused_with_its_place) {
  for (const Refused& one : refused) {
    const auto value = parse_json(one.text);
    ASSERT_FALSE(value) << one.text;
    EXPECT_EQ(value.error().kind, Kind::malformed);
    EXPECT_TRUE(value.error().message.starts_with("The body is not valid JSON: ")) << one.text;
    EXPECT_NE(value.error().message.find(one.part), std::string::npos) << value.error().message;
  }
}

TEST(Json, nesting_has_a_limit) {
  EXPECT_TRUE(parse_json(nested(json_depth_max)));
  for (const std::size_t depth : {json_depth_max + 1, std::size_t{100'000}}) {
    const auto value = parse_json(nested(depth));
    ASSERT_FALSE(value);
    EXPECT_NE(value.error().message.find("deeper than 32"), std::string::npos);
  }
}

TEST(Json, long_and_many_names_are_read) {
  json::object many;
  for (int i = 0; i < 2'000; ++i) many[std::string(40, 'n') + std::to_string(i)] = i;
  many[std::string(100'000, 'k')] = std::string(100'000, 'v');
  const auto value = parse_json_object(json::serialize(many));
  ASSERT_TRUE(value);
  EXPECT_EQ(*value, many);
}

// As the library writes it, whatever the bytes and wherever they stand.
TEST(Json, a_text_is_written_as_the_library_writes_it) {
  for (int value = 1; value < 256; ++value)
    for (std::size_t place = 0; place < 20; ++place) {
      std::string text(20, place % 2 ? '!' : '~');
      if (value < 0x80) text[place] = static_cast<char>(value);
      text += "\xC3\xBC";
      std::string json = "[";
      append_json_text(json, text);
      EXPECT_EQ(json, "[" + to_text(json::value(text))) << value << " at " << place;
    }
}

TEST(Json, an_object_is_wanted) {
  EXPECT_TRUE(parse_json_object("{}"));
  for (const std::string_view text : {"[]", "1", "null", "\"{}\""}) {
    const auto value = parse_json_object(text);
    ASSERT_FALSE(value) << text;
    EXPECT_EQ(value.error().kind, Kind::malformed);
    EXPECT_EQ(value.error().message, "The body must be a JSON object");
  }
}

}  // namespace
}  // namespace base
