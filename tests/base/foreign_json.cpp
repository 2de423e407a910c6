// What is absent or of another kind reads as nothing.
#include "base/foreign_json.h"

#include <gtest/gtest.h>

namespace base {
namespace {

const json::object& said() {
  static const json::object object =
      parse_json_object(R"({"text":"a","object":{"b":"c"},"list":[1,2],"none":null,"number":3})")
          .value();
  return object;
}

TEST(ForeignJson, says_what_is_there) {
  EXPECT_EQ(text_in(said(), "text"), "a");
  EXPECT_EQ(text_in(*object_in(said(), "object"), "b"), "c");
  EXPECT_EQ(list_in(said(), "list")->size(), 2U);
}

TEST(ForeignJson, says_nothing_of_what_is_absent_or_of_another_kind) {
  for (const char* name : {"missing", "object", "list", "none", "number"})
    EXPECT_EQ(text_in(said(), name), "") << name;
  for (const char* name : {"missing", "text", "list", "none", "number"})
    EXPECT_EQ(object_in(said(), name), nullptr) << name;
  for (const char* name : {"missing", "text", "object", "none", "number"})
    EXPECT_EQ(list_in(said(), name), nullptr) << name;
}

}  // namespace
}  // namespace base
