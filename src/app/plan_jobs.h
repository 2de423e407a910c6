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
// A charter of another revision: its page, its crew's call, its guest's mail, each of which finds
// out what there is to tell (app/tell.h). jobs: all that it has so far.
std::vector<domain::Job> jobs_for_change(const domain::Charter& charter,
                                         const std::vector<domain::Job>& jobs, base::Instant now);
domain::Job books_job(const domain::Charter& charter, base::Instant now);
// When to tell somebody of a change: at once who has heard nothing yet and whose trip is cancelled
// or starts soon; else when what follows soon can be told with it. theirs: the jobs that are that
// person's mails.
base::Instant time_to_tell(const domain::Charter& charter, const std::vector<domain::Job>& theirs,
                           base::Instant now);
// One person's mail. revision: of the call that asks for it.
domain::Job crew_mail_job(const domain::Charter& charter, domain::Revision revision,
                          const domain::MemberId& member, const std::string& address,
                          base::Instant now);

}  // namespace app
