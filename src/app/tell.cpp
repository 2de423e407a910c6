#include "app/tell.h"

#include <algorithm>
#include <iterator>

#include "app/crew_record.h"
#include "app/job_record.h"

namespace app {

using base::Result;
using domain::Job;

namespace {

bool is_to_the_same(const Job& one, const Job& other) {
  if (one.kind != other.kind) return false;
  return one.kind == domain::JobKind::crew_mail ? one.member == other.member : one.to == other.to;
}

// Whoever ran it died, or is at it, and nobody has said how that ended.
bool may_be_sent(const Job& job) {
  return job.state == domain::JobState::planned && job.attempts > 0 && job.last_error.empty();
}

}  // namespace

Result<bool> has_later_mail(const ports::TenantStore& store, const Job& job) {
  const auto jobs = TRY(jobs_of(store, job.charter));
  return std::ranges::any_of(jobs, [&](const Job& one) {
    return is_to_the_same(one, job) && one.revision > job.revision;
  });
}

JobResult overtaken(const Job& job) {
  const bool died = job.attempts > 1 && job.last_error.empty();
  JobResult stale(JobOutcome::stale);
  if (died) stale.told = told_something;
  return stale;
}

Result<Told> last_told(const ports::TenantStore& store, const Job& job) {
  const Job* last = nullptr;
  const auto jobs = TRY(jobs_of(store, job.charter));
  for (const Job& one : jobs) {
    // One that was given up told nothing; one that came back, or was run again too late, was sent.
    const bool was_sent = one.state == domain::JobState::done || !one.told.empty();
    const bool precedes = one.revision < job.revision && may_be_sent(one);
    if ((!was_sent && !precedes) || one.id == job.id || !is_to_the_same(one, job)) continue;
    // What one revision says is never sent after what a later one says.
    if (!last || last->revision < one.revision) last = &one;
  }
  if (!last) return Told{};
  if (last->told == told_something || may_be_sent(*last)) return Told{Told::What::something};
  if (last->told.empty()) return Told{};
  auto facts = TRY(facts_told_in(*last));
  return Told{Told::What::facts, std::move(facts), last->id};
}

Result<Told> told_to_member(const ports::TenantStore& store, const Job& job) {
  auto told = TRY(last_told(store, job));
  if (!told.is_nothing()) return told;
  // Of who is not aboard any more the call has put it down (app/call_crew).
  const bool has_answered =
      !job.about.empty() || TRY(answers_of(store, job.charter)).contains(job.member);
  if (has_answered) told.what = Told::What::something;
  return told;
}

Result<Told> told_before_reminder(const ports::TenantStore& store, Job reminder) {
  reminder.kind = reminder.kind == domain::JobKind::crew_reminder ? domain::JobKind::crew_mail
                                                                  : domain::JobKind::guest_mail;
  return last_told(store, reminder);
}

Result<Facts> facts_told_in(const Job& mail) {
  if (mail.told.empty()) return Facts{};
  return facts_from(TRY(base::parse_own_object(mail.told)));
}

Result<Asked> asked_since(const ports::TenantStore& store, const domain::Charter& charter,
                          const domain::MemberId& member) {
  const auto seat = std::ranges::find(charter.crew, member, &domain::Slot::member);
  if (seat == charter.crew.end()) return Asked::stands;
  const auto answers = TRY(answers_of(store, charter.id));
  const bool has_said = answers.contains(member);
  const bool counts = standing_answer(charter, *seat, answers) != domain::Answer::none;
  return has_said && !counts ? Asked::anew : Asked::stands;
}

std::vector<Job> mails_of(const std::vector<Job>& jobs, const domain::MemberId& member) {
  std::vector<Job> mails;
  std::ranges::copy_if(jobs, std::back_inserter(mails), [&](const Job& job) {
    return job.kind == domain::JobKind::crew_mail && job.member == member;
  });
  return mails;
}

}  // namespace app
