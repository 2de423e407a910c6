// invite_member: mails a crew member a personal link to their own page of days, although no trip
// has called them yet. Its pass is of no charter but of the roster (domain/job.h): it lives while
// they stand in the tenant file, and each invitation carries the same. Refuses: not_found, who does
// not stand there; conflict, who was invited a hundred times.
#pragma once

#include "domain/job.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct Invite {
  domain::MemberId member;
  std::string actor;
};

// The mail; one that has not left yet is not sent twice.
base::Result<domain::Job> invite_member(const ports::TenantStore& store, const World& world,
                                        const Invite& invite);

}  // namespace app
