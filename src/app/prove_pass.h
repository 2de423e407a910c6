// prove_pass: whether a token from a magic link or a crew cookie is good now.
// unauthenticated for every reason alike: badly formed, forged, revoked, over, the member neither
// in the crew nor asked for a seat. A pass of the roster (domain/job.h) is of no charter: it is
// good for as long as its member stands in the tenant file, and opens what is about them alone.
#pragma once

#include "domain/charter.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// One person's right to one charter: whoever is not aboard was asked for a seat, and may answer.
struct CrewMate {
  domain::PassId pass;
  domain::CharterId charter;
  domain::MemberId member;
  enum class Standing { aboard, asked } standing = Standing::aboard;
};

base::Result<CrewMate> prove_pass(const ports::TenantStore& store, const World& world,
                                  std::string_view token, domain::TokenUse use);

}  // namespace app
