// Which object a guest address means: every line of edge/vectors.json, which the function at the
// edge keeps too.
#include "domain/edge.h"

#include <fstream>
#include <iterator>
#include <set>

#include <gtest/gtest.h>

#include "base/json.h"

namespace domain {
namespace {

std::string_view name_of(EdgeAnswer::Kind kind) {
  switch (kind) {
    case EdgeAnswer::Kind::object:
      return "object";
    case EdgeAnswer::Kind::redirect:
      return "redirect";
    case EdgeAnswer::Kind::not_found:
      return "not_found";
    case EdgeAnswer::Kind::pass:
      return "pass";
  }
  return "";
}

std::string text_at(const base::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

TEST(Edge, every_vector_is_kept) {
  std::ifstream file(FAIRLEAD_ROOT "/edge/vectors.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto vectors = base::parse_json(text);
  ASSERT_TRUE(vectors) << vectors.error().message;
  ASSERT_TRUE(vectors->is_array());
  std::set<std::string> kinds;
  for (const base::json::value& value : vectors->get_array()) {
    const base::json::object& vector = value.get_object();
    const std::string path = text_at(vector, "path");
    const EdgeAnswer answer = edge_answer(path);
    EXPECT_EQ(name_of(answer.kind), text_at(vector, "kind")) << path;
    EXPECT_EQ(answer.target, text_at(vector, "target")) << path;
    kinds.insert(text_at(vector, "kind"));
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"object", "redirect", "not_found", "pass"}));
}

// What JSON cannot carry, and what would make the vector file long.
TEST(Edge, odd_bytes_and_long_names_are_no_pages) {
  const std::string longest(80, 'a');
  EXPECT_EQ(edge_answer("/g/" + longest + ".html").target, "/" + longest + ".html");
  EXPECT_EQ(edge_answer("/g/" + longest + "a.html").kind, EdgeAnswer::Kind::not_found);
  for (const std::string& path :
       {std::string("/g/a\0.html", 10), std::string("/g/a\r\nX: 1.html"), std::string("/g/\xff"),
        std::string("/g/a\\b.html"), std::string("/g/a?x.html"), std::string("/g/ä.html")})
    EXPECT_EQ(edge_answer(path).kind, EdgeAnswer::Kind::not_found) << path;
  EXPECT_EQ(edge_answer("").kind, EdgeAnswer::Kind::pass);
}

}  // namespace
}  // namespace domain
