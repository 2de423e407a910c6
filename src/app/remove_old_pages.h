// remove_old_pages: takes the pages out of the store of objects that ended between two moments,
// where objects are handed out as they are: a page answers until fourteen days after its trip
// (domain/charter.h). Always: what is gone already stays gone, so that spans may overlap and be
// repeated; a charter that has moved meanwhile keeps its page. Copies are owed a purge; after a
// crash they end by themselves, within the minute for which they may be kept (domain/edge.h).
#pragma once

#include "app/job_desk.h"

namespace app {

// Pages that ended after since, and at until or before. until is not in the future. How many
// objects were removed.
base::Result<std::size_t> remove_old_pages(const ports::TenantStore& store, const JobDesk& desk,
                                           base::Instant since, base::Instant until);

}  // namespace app
