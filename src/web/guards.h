// Guards: who may call. One function per kind of handler; each proves its credential and then
// calls.
#pragma once

#include "app/prove_credential.h"

#include "web/routes.h"

namespace web {

struct GuardDesk {
  const app::Tenancy& tenancy;
  app::ServiceKeyDesk& keys;
  PageCache& pages;
};

base::Response guarded(const GuardDesk& desk, const Call& call, const domain::TenantId& tenant,
                       const Handler& handler);

// Cookie of the crew site: the tokens of the passes this browser holds, newest first, joined by
// dots.
inline constexpr std::string_view crew_cookie = "__Host-crew";
inline constexpr std::size_t crew_cookie_passes_max = 8;
// Those of the tokens in the cookie that are well formed, at most crew_cookie_passes_max.
std::vector<std::string> crew_tokens(const base::RequestHead& head);

}  // namespace web
