#include "domain/site.h"

namespace domain {

std::string_view name_of(SiteKind kind) {
  switch (kind) {
    case SiteKind::ops:
      return "ops";
    case SiteKind::crew:
      return "crew";
    case SiteKind::guest:
      return "guest";
  }
  return "";
}

std::optional<SiteKind> site_kind_from(std::string_view name) {
  for (SiteKind kind : {SiteKind::ops, SiteKind::crew, SiteKind::guest})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

}  // namespace domain
