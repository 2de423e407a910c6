// Edge: which object a guest address means. The CloudFront Function in edge/ follows the same
// edge/vectors.json.
#pragma once

#include <string>
#include <string_view>

namespace domain {

struct EdgeAnswer {
  enum class Kind { object, redirect, not_found, pass };
  Kind kind = Kind::pass;
  std::string target;  // object: "/boatsetter-may-30.html"; redirect: "/g/boatsetter-may-30.html"
};

// path is as sent, not decoded. pass: not an address of the edge.
EdgeAnswer edge_answer(std::string_view path);

}  // namespace domain
