#include <functional>

#include <gtest/gtest.h>

#include "base/json.h"

namespace base {
namespace {

using Faults = std::vector<Fault>;

json::object object_of(std::string_view text) {
  return parse_json_object(text).value();
}

Faults faults_of(std::string_view text, const std::function<void(Fields&)>& read) {
  const json::object object = object_of(text);
  Faults faults;
  Fields fields(object, faults);
  read(fields);
  return faults;
}

TEST(Fields, right_ones_leave_no_fault) {
  const json::object object = object_of(
      R"({"name":"Dana","size":6,"open":false,"tags":["a","b"],"guest":{"x":1},"crew":[1],
          "nothing":null})");
  Faults faults;
  Fields fields(object, faults);
  EXPECT_EQ(fields.text("name"), "Dana");
  EXPECT_EQ(fields.required_text("name"), "Dana");
  EXPECT_EQ(fields.integer("size", 1, 12), 6);
  EXPECT_EQ(fields.boolean("open"), false);
  EXPECT_EQ(fields.texts("tags", 2), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fields.object("guest")->size(), 1u);
  EXPECT_EQ(fields.array("crew", 1)->size(), 1u);
  EXPECT_TRUE(fields.has("name"));
  EXPECT_FALSE(fields.has("nothing"));
  EXPECT_FALSE(fields.has("absent"));
  EXPECT_EQ(fields.text("nothing"), std::nullopt);
  fields.finish();
  EXPECT_EQ(faults, Faults{});
}

TEST(Fields, absent_ones_are_no_fault_unless_required) {
  const auto faults = faults_of("{}", [](Fields& fields) {
    EXPECT_EQ(fields.text("a"), std::nullopt);
    EXPECT_EQ(fields.integer("a", 0, 1), std::nullopt);
    EXPECT_EQ(fields.boolean("a"), std::nullopt);
    EXPECT_EQ(fields.texts("a", 1), std::nullopt);
    EXPECT_EQ(fields.object("a"), nullptr);
    EXPECT_EQ(fields.array("a", 1), nullptr);
    EXPECT_EQ(fields.required_text("b"), "");
    fields.finish();
  });
  EXPECT_EQ(faults, (Faults{{"b", "is required"}}));
}

TEST(Fields, required_texts_are_there_and_not_empty) {
  for (const auto& [value, message] :
       std::vector<std::pair<std::string, std::string>>{{"null", "is required"},
                                                        {R"("")", "must not be empty"},
                                                        {R"(" ")", "must not be empty"}})
    EXPECT_EQ(faults_of(R"({"f":)" + value + "}",
                        [](Fields& fields) {
                          EXPECT_EQ(fields.required_text("f"), "");
                          fields.finish();
                        }),
              (Faults{{"f", message}}))
        << value;
}

TEST(Fields, who_asks_whether_a_field_is_there_knows_it) {
  const auto faults = faults_of(R"({"a":null,"b":null})", [](Fields& fields) {
    EXPECT_FALSE(fields.has("a"));
    fields.finish();
  });
  EXPECT_EQ(faults, (Faults{{"b", "is not a known field"}}));
}

TEST(Fields, texts_keep_their_rule) {
  struct Case {
    std::string_view value;
    TextRule rule;
    std::string_view message;  // empty: passes
  };
  const std::vector<Case> cases{
      {R"("")", {}, ""},
      {R"("")", {.may_be_empty = false}, "must not be empty"},
      {R"("  ")", {.may_be_empty = false}, "must not be empty"},
      {R"("abc")", {.length_max = 3}, ""},
      {R"("\u00e9\u20ac\ud83d\ude00")", {.length_max = 3}, ""},
      {R"("abcd")", {.length_max = 3}, "is longer than 3 characters"},
      {R"("a\nb")", {}, "contains a control character"},
      {R"("a\nb")", {.multiline = true}, ""},
      {R"("a\rb")", {.multiline = true}, "contains a control character"},
      {R"("a\u0000b")", {.multiline = true}, "contains a control character"},
      {R"("a\u0085b")", {}, "contains a control character"},
      {R"("a\u2028b")", {}, "contains a control character"},
      {R"("\u0001")", {.may_be_empty = false}, "contains a control character"},
      {R"("\u200b")", {.may_be_empty = false}, "must not be empty"},
      {R"("\u00a0\u3000 \u2060")", {.may_be_empty = false}, "must not be empty"},
      {R"("\u200d\ufe0f")", {.may_be_empty = false}, "must not be empty"},
      {R"("\u200bSail\u00a0")", {.may_be_empty = false}, ""},
      {R"("gpj.\u202eexe")", {}, "contains a control character"},
      {R"("\u2066a\u2069")", {}, "contains a control character"},
      {R"("\ufeffa")", {.multiline = true}, "contains a control character"},
      {R"("\u200fa\u200e")", {.may_be_empty = false}, ""},
      {"1", {}, "must be a text"},
      {"[\"a\"]", {}, "must be a text"},
  };
  for (const Case& one : cases) {
    const auto faults = faults_of("{\"f\":" + std::string(one.value) + "}", [&](Fields& fields) {
      EXPECT_EQ(fields.text("f", one.rule).has_value(), one.message.empty()) << one.value;
    });
    EXPECT_EQ(faults, one.message.empty() ? Faults{} : Faults({{"f", std::string(one.message)}}));
  }
}

TEST(Fields, integers_are_whole_and_within_range) {
  struct Case {
    std::string_view value;
    std::string_view message;
  };
  const std::vector<Case> cases{
      {"1", ""},
      {"12", ""},
      {"0", "must be between 1 and 12"},
      {"13", "must be between 1 and 12"},
      {"-1", "must be between 1 and 12"},
      {"18446744073709551615", "must be between 1 and 12"},
      {"18446744073709551616", "must be a whole number"},
      {"2.0", "must be a whole number"},
      {"1e1", "must be a whole number"},
      {"\"6\"", "must be a whole number"},
      {"true", "must be a whole number"},
  };
  for (const Case& one : cases) {
    const auto faults = faults_of("{\"f\":" + std::string(one.value) + "}", [&](Fields& fields) {
      EXPECT_EQ(fields.integer("f", 1, 12).has_value(), one.message.empty()) << one.value;
    });
    EXPECT_EQ(faults, one.message.empty() ? Faults{} : Faults({{"f", std::string(one.message)}}));
  }
}

TEST(Fields, other_kinds_are_named) {
  const auto faults = faults_of(R"({"b":1,"o":[],"a":{},"many":[1,2],"t":["x",1],"l":["a\nb"]})",
                                [](Fields& fields) {
                                  fields.boolean("b");
                                  fields.object("o");
                                  fields.array("a", 1);
                                  fields.array("many", 1);
                                  fields.texts("t", 2);
                                  fields.texts("l", 2);
                                  fields.finish();
                                });
  EXPECT_EQ(faults, (Faults{{"b", "must be true or false"},
                            {"o", "must be an object"},
                            {"a", "must be a list"},
                            {"many", "has more than 1 entries"},
                            {"t[1]", "must be a text"},
                            {"l[0]", "contains a control character"}}));
}

TEST(Fields, faults_carry_the_path_from_the_top) {
  const json::object object = object_of(R"({"guest":{"party_size":0,"color":"red"}})");
  Faults faults;
  Fields fields(object, faults);
  Fields guest(*fields.object("guest"), faults, fields.path_of("guest"));
  guest.integer("party_size", 1, 12);
  guest.finish();
  fields.finish();
  EXPECT_EQ(faults, (Faults{{"guest.party_size", "must be between 1 and 12"},
                            {"guest.color", "is not a known field"}}));
  EXPECT_EQ(&guest.faults(), &faults);
}

TEST(Fields, unknown_names_are_shortened_and_counted) {
  json::object object;
  for (int i = 0; i < 1000; ++i) object[std::string(200, 'x') + std::to_string(i)] = 1;
  Faults faults;
  Fields fields(object, faults);
  fields.finish();
  EXPECT_EQ(faults.size(), 64u);
  EXPECT_EQ(faults.front().field, std::string(64, 'x'));
}

TEST(Fields, error_from_tells_the_first_and_counts_the_rest) {
  EXPECT_FALSE(error_from({}));
  const auto one = error_from({{"guest.party_size", "is required"}});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->kind, Kind::invalid);
  EXPECT_EQ(one->message, "guest.party_size: is required");
  const auto three = error_from({{"a", "is required"}, {"b", "x"}, {"c", "y"}});
  ASSERT_TRUE(three);
  EXPECT_EQ(three->message, "a: is required (and 2 more)");
  EXPECT_EQ(three->faults.size(), 3u);
}

}  // namespace
}  // namespace base
