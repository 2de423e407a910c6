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

}  // namespace

Result<Told> last_told(const ports::TenantStore& store, const Job& job) {
  std::vector<Job> others = TRY(jobs_of(store, job.charter));
  std::erase_if(others,
                [&](const Job& one) { return one.id == job.id || !is_to_the_same(one, job); });
  const Job* last = last_sent(others);
  if (!last || last->told.empty()) return Told{};
  auto facts = TRY(facts_told_in(*last));
  return Told{std::move(facts), last->id};
}

const Job* last_sent(const std::vector<Job>& mails) {
  const Job* last = nullptr;
  for (const Job& one : mails) {
    // One that was given up told nothing; one that came back, or was run again too late, was sent.
    const bool was_sent = one.state == domain::JobState::done || !one.told.empty();
    // What one revision says is never sent after what a later one says.
    if (was_sent && (!last || last->revision < one.revision)) last = &one;
  }
  return last;
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
  const auto given = answers.find(member);
  return given != answers.end() && given->second.to < seat->asked ? Asked::anew : Asked::stands;
}

std::vector<Job> mails_of(const std::vector<Job>& jobs, const domain::MemberId& member) {
  std::vector<Job> mails;
  std::ranges::copy_if(jobs, std::back_inserter(mails), [&](const Job& job) {
    return job.kind == domain::JobKind::crew_mail && job.member == member;
  });
  return mails;
}

}  // namespace app
