#include "app/receipt.h"

#include <algorithm>

#include "app/availability_record.h"
#include "app/plan_jobs.h"

namespace app {

using base::Result;
using domain::Job;

namespace {

bool has_mail_for(const std::vector<Job>& jobs, const domain::MemberId& member) {
  return std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) {
    return job.kind == domain::JobKind::crew_mail && job.member == member;
  });
}

// Done: it was announced, but whoever listens to the topic may not have heard it yet.
bool will_plan_mails(const Job& job) {
  return job.kind == domain::JobKind::crew_call &&
         (job.state == domain::JobState::planned || job.state == domain::JobState::done);
}

std::vector<Ticked> ticked(const domain::Charter& charter, const domain::Tenant& tenant,
                           const std::map<std::string, Tick>& ticks) {
  std::vector<Ticked> list;
  list.reserve(charter.checklist.size());
  for (const domain::ChecklistItem& item : charter.checklist) {
    list.push_back({item});
    const auto tick = ticks.find(item.id);
    if (tick == ticks.end()) continue;
    const domain::Member* by = tenant.member(tick->second.by);
    list.back().done = tick->second.done;
    list.back().by = by ? by->name : tick->second.by.text();
    list.back().at = tick->second.at;
  }
  return list;
}

bool is_ahead(const Job& job, base::Instant now) {
  const bool is_look =
      job.kind == domain::JobKind::reminders || job.kind == domain::JobKind::fill_seats;
  return is_look && job.state == domain::JobState::planned && !job.leased && job.due_at > now;
}

}  // namespace

std::vector<Job> with_planned_mails(std::vector<Job> jobs, const domain::Charter& charter,
                                    const domain::Tenant& tenant, base::Instant now) {
  std::vector<Job> all = std::move(jobs);
  std::erase_if(all, [&](const Job& job) { return is_ahead(job, now); });
  for (std::size_t i = 0, calls = all.size(); i < calls; ++i) {
    const Job call = all[i];
    if (!will_plan_mails(call) || charter.is_cancelled()) continue;
    for (const domain::Slot& slot : charter.crew) {
      const domain::Member* member = tenant.member(slot.member);
      if (!member || has_mail_for(all, slot.member)) continue;
      Job mail = crew_mail_job(charter, call.revision, slot.member, member->email, call.planned_at);
      mail.due_at = call.due_at;
      all.push_back(std::move(mail));
    }
  }
  return all;
}

Result<Receipt> receipt_of(const ports::OwnerStore& store, const World& world,
                           const domain::CharterId& charter) {
  const auto sight = TRY(seat_sight(store, charter));
  if (!sight) return base::not_found("There is no such charter");
  const domain::Tenant& tenant = sight->tenant.value;
  auto drift = TRY(drift_of(store, world, tenant, charter));
  Receipt receipt;
  receipt.jobs = with_planned_mails(std::move(drift.jobs), drift.charter, tenant, world.now());
  receipt.revision = drift.charter.revision;
  receipt.artefacts = std::move(drift.artefacts);
  receipt.call = call_status(*sight, world.now());
  for (SeatStatus& seat : receipt.call.seats)
    seat.is_away = domain::is_away(TRY(load_away(store, seat.member)).value, drift.charter);
  receipt.checklist = ticked(drift.charter, tenant, TRY(ticks_of(store, charter)));
  return receipt;
}

}  // namespace app
