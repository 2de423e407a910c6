#include "app/perform_job.h"

#include "app/announce_call.h"
#include "app/check_photo.h"
#include "app/perform_call.h"
#include "app/perform_reminders.h"
#include "app/publish_guest_page.h"
#include "app/send_crew_mail.h"
#include "app/send_guest_mail.h"
#include "app/send_invitation.h"
#include "app/send_roster_mail.h"
#include "app/settle_charter.h"

namespace app {

using base::Result;
using domain::JobKind;

namespace {

Result<JobResult> plain(const Result<JobOutcome>& outcome) {
  if (!outcome) return outcome.error();
  return JobResult(*outcome);
}

}  // namespace

base::Result<JobResult> perform_job(const JobDesk& desk, const domain::Job& job) {
  const domain::TenantId tenant = domain::tenant_of(job.id).value_or(domain::TenantId());
  const auto store = desk.installation.operations(tenant);
  switch (job.kind) {
    case JobKind::guest_page:
      return publish_guest_page(store, desk, job);
    case JobKind::crew_call:
      return plain(announce_call(store, desk, job));
    case JobKind::crew_mail:
      if (domain::is_of_roster(job)) return send_invitation(store, desk, job);
      return send_crew_mail(store, desk, job);
    case JobKind::guest_mail:
      return send_guest_mail(store, desk, job);
    case JobKind::settle:
      if (!desk.books) return base::unavailable("The books are kept by another process");
      return settle_charter(desk.books->owner(tenant), job);
    case JobKind::photo:
      return plain(check_photo(store, desk, job));
    case JobKind::owner_mail:
      if (domain::is_of_roster(job)) return send_roster_mail(store, desk, job);
      return perform_call(store, desk, job);
    case JobKind::fill_seats:
    case JobKind::seat_ask:
      return perform_call(store, desk, job);
    case JobKind::reminders:
    case JobKind::crew_reminder:
    case JobKind::guest_reminder:
      return perform_reminders(store, desk, job);
  }
  return base::internal("a job of an unknown kind");
}

}  // namespace app
