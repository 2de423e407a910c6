#include "app/send_roster_mail.h"

#include <algorithm>

#include "app/mail_frame.h"
#include "app/reservations.h"
#include "app/set_availability.h"
#include "app/tenant_record.h"
#include "app/write_roster_mail.h"

namespace app {

using base::Result;
using domain::Credential;

namespace {

// What is booked further ahead is named again when it is nearer.
constexpr std::chrono::days looks_ahead{366};
constexpr std::size_t trips_named_max = 20;

Result<std::vector<TripAfter>> trips_after(const ports::TenantStore& store, const World& world,
                                           const domain::Tenant& tenant,
                                           const domain::MemberId& member,
                                           std::chrono::year_month_day last_day) {
  const std::chrono::year_month_day next(std::chrono::sys_days(last_day) + std::chrono::days(1));
  const auto from = std::max(base::start_of_day(next, tenant.zone), world.now());
  std::vector<TripAfter> trips;
  for (const domain::Busy& busy :
       TRY(busy_of(store, member, {from, from + looks_ahead}, world.now())))
    if (trips.size() < trips_named_max)
      trips.push_back({busy.title, base::at(busy.time.from, tenant.zone)});
  return trips;
}

}  // namespace

Result<JobResult> send_roster_mail(const ports::TenantStore& store, const JobDesk& desk,
                                   const domain::Job& job) {
  const auto tenant = TRY(load_tenant(store));
  const domain::Member* member = tenant.value.member(job.member);
  if (!member) return JobResult(JobOutcome::stale);
  const auto credential = std::ranges::find_if(member->credentials, [&](const Credential& one) {
    return domain::credential_mail_id_for(tenant.value.id, member->id, one) == job.id;
  });
  if (credential == member->credentials.end()) return JobResult(JobOutcome::stale);
  RosterNews news;
  news.operator_name = tenant.value.name;
  news.member_name = member->name;
  news.credential = *credential;
  news.state = state_of(*credential, dock_day(desk.world, tenant.value.zone));
  news.roles = domain::roles_that_need(credential->kind, *member, tenant.value.call);
  news.trips = TRY(trips_after(store, desk.world, tenant.value, member->id, credential->expires));
  // No trip: what the frame has of one is an invitation's alone.
  domain::Charter none;
  none.id = job.charter;
  const MailFrame frame =
      mail_frame(job, none, tenant.value, {tenant.value.name, tenant.value.owner_email}, Told());
  const Mail mail = TRY(write_roster_mail(news, frame));
  TRY(desk.mailer->send(outgoing(job, mail)));
  return JobResult(JobOutcome::done);
}

}  // namespace app
