// tell: what a person has been told of a trip so far, as the jobs that told them say; what decides
// whether a mail is an invitation, a note of what changed, or the end of it.
#pragma once

#include <vector>

#include "domain/job.h"

#include "ports/tenant_store.h"

#include "app/choose_mail.h"
#include "app/facts.h"
#include "app/job_desk.h"

namespace app {

// Of the mails of this kind to the same person (a member, or the guest's address) the last that was
// sent. nothing: they know nothing of the trip, or were told that it is off for them. something: a
// mail that was overtaken may have reached them, and what it said is not on record.
base::Result<Told> last_told(const ports::TenantStore& store, const domain::Job& job);

// The same of a member, who may know the trip without a mail: whoever has answered has seen it.
base::Result<Told> told_to_member(const ports::TenantStore& store, const domain::Job& job);

// Of a reminder: the mail that told its reader of the trip, below which a program shows it.
base::Result<Told> told_before_reminder(const ports::TenantStore& store, domain::Job reminder);

// Whether a later revision has a mail of this kind to the same person.
base::Result<bool> has_later_mail(const ports::TenantStore& store, const domain::Job& job);

// As a job keeps that its reader was told something that does not hold any more, or nobody knows
// what (domain::Job).
inline constexpr const char* told_something = "{}";

// What a mail that was sent said of the trip.
base::Result<Facts> facts_told_in(const domain::Job& mail);

// The end of a mail that has nothing to say any more. A try before this one that died may have sent
// it, and then its reader was told something all the same.
JobResult overtaken(const domain::Job& job);

// anew: the member's answer was to an earlier asking.
base::Result<Asked> asked_since(const ports::TenantStore& store, const domain::Charter& charter,
                                const domain::MemberId& member);

// Every job that is a mail of a member's.
std::vector<domain::Job> mails_of(const std::vector<domain::Job>& jobs,
                                  const domain::MemberId& member);

}  // namespace app
