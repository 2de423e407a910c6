// check_photo: what became of a promised photo, asked when its form has expired. The object is
// there: it is received after all (whoever should have said so died). It is not: the promise is
// forgotten and its place in the charter's limits is free.
#pragma once

#include "domain/job.h"

#include "app/job_desk.h"

namespace app {

base::Result<JobOutcome> check_photo(const ports::TenantStore& store, const JobDesk& desk,
                                     const domain::Job& job);

}  // namespace app
