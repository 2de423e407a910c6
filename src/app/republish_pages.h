// republish_pages: owes each page of an operator's that is still read a new publication, because
// what the operator says of themselves has changed. Only where pages are handed out from a store of
// objects as they are; elsewhere a page is rendered when it is asked for. Safe to repeat: a page
// that says the same is not written again.
#pragma once

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

// How many pages.
base::Result<std::size_t> republish_pages(const ports::TenantStore& store, const World& world,
                                          const std::string& actor);

}  // namespace app
