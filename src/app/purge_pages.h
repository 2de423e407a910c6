// purge_pages: sees to the purges that tenants owe to the network before their pages, a few tenants
// a run. Always: one call for all that a tenant owes; a debt is struck off only as it was when the
// call was made, so that what came to it meanwhile stays; a call whose answer was lost is made
// again with the same reference. What is limited stays owed for the next run; what can never be
// done is struck off, and the log says so.
#pragma once

#include "app/job_desk.h"

namespace app {

inline constexpr std::size_t purges_per_run_max = 8;

// How many tenants owe nothing more. Without a network nobody owes anything. Errors: the store's;
// a network that is away ends the run and is no error, since the next run asks again.
base::Result<std::size_t> purge_pages(const JobDesk& desk);

}  // namespace app
