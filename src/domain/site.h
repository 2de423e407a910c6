// Site: a host name of a tenant and what it serves.
#pragma once

#include <optional>
#include <string_view>

#include "domain/ids.h"

namespace domain {

enum class SiteKind { ops, crew, guest };
std::string_view name_of(SiteKind kind);
std::optional<SiteKind> site_kind_from(std::string_view name);

struct Site {
  TenantId tenant;
  SiteKind kind = SiteKind::ops;
};

}  // namespace domain
