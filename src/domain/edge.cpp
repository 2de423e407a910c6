#include "domain/edge.h"

#include "domain/slug.h"

namespace domain {

EdgeAnswer edge_answer(std::string_view path) {
  constexpr std::string_view prefix = "/g/";
  if (path == "/g") return {EdgeAnswer::Kind::not_found, {}};
  if (!path.starts_with(prefix)) return {EdgeAnswer::Kind::pass, {}};
  std::string_view name = path.substr(prefix.size());
  for (std::string_view ending : {".html", ".ics"})
    if (name.ends_with(ending) && is_page_name(name.substr(0, name.size() - ending.size())))
      return {EdgeAnswer::Kind::object, "/" + std::string(name)};
  if (name.ends_with('/')) name.remove_suffix(1);
  if (is_page_name(name)) return {EdgeAnswer::Kind::redirect, "/g/" + std::string(name) + ".html"};
  return {EdgeAnswer::Kind::not_found, {}};
}

}  // namespace domain
