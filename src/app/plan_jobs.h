// Which jobs a charter's changes owe, and to whom.
#pragma once

#include <vector>

#include "domain/job.h"

namespace app {

// A new charter: its guest page, the crew's call, the guest's mail. A trip that is over is told to
// nobody.
std::vector<domain::Job> jobs_for_new(const domain::Charter& charter, base::Instant now);
// Crew was put on a trip that exists: their call, and the books.
std::vector<domain::Job> jobs_for_crew_change(const domain::Charter& charter, base::Instant now);
// One person's mail. revision: of the call that asks for it.
domain::Job crew_mail_job(const domain::Charter& charter, domain::Revision revision,
                          const domain::MemberId& member, const std::string& address,
                          base::Instant now);

}  // namespace app
