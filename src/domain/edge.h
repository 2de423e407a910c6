// Edge: which object a guest address means. The CloudFront Function in edge/ follows the same
// edge/vectors.json.
#pragma once

#include <string>
#include <string_view>

namespace domain {

// What every guest page and calendar file says to caches, whoever hands it out: a browser asks each
// time, a shared cache once a minute.
inline constexpr std::string_view page_caching = "public, max-age=0, must-revalidate, s-maxage=60";

struct EdgeAnswer {
  enum class Kind { object, redirect, not_found, pass };
  Kind kind = Kind::pass;
  std::string target;  // object: "/boatsetter-may-30.html"; redirect: "/g/boatsetter-may-30.html"
};

// path is as sent, not decoded. pass: not an address of the edge.
EdgeAnswer edge_answer(std::string_view path);

}  // namespace domain
