// tell: what a person has been told of a trip so far, as the jobs that told them say; what decides
// whether a mail is an invitation, a note of what changed, or the end of it.
#pragma once

#include <vector>

#include "domain/job.h"

#include "ports/tenant_store.h"

#include "app/choose_mail.h"
#include "app/facts.h"

namespace app {

// facts empty: they know nothing of the trip, or were told that it is off for them.
struct Told {
  Facts facts;
  domain::JobId mail;  // that told them
};
// Of the mails of this kind to the same person (a member, or the guest's address) the last that was
// sent.
base::Result<Told> last_told(const ports::TenantStore& store, const domain::Job& job);

// The same among one person's mails; nullptr: none was sent.
const domain::Job* last_sent(const std::vector<domain::Job>& mails);
base::Result<Facts> facts_told_in(const domain::Job& mail);

// anew: the member's answer was to an earlier asking.
base::Result<Asked> asked_since(const ports::TenantStore& store, const domain::Charter& charter,
                                const domain::MemberId& member);

// Every job that is a mail of a member's.
std::vector<domain::Job> mails_of(const std::vector<domain::Job>& jobs,
                                  const domain::MemberId& member);

}  // namespace app
