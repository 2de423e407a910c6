#include "app/perform_reminders.h"

#include "app/plan_reminders.h"
#include "app/send_crew_reminder.h"
#include "app/send_guest_reminder.h"

namespace app {

base::Result<JobResult> perform_reminders(const ports::TenantStore& store, const JobDesk& desk,
                                          const domain::Job& job) {
  if (job.kind == domain::JobKind::crew_reminder) return send_crew_reminder(store, desk, job);
  if (job.kind == domain::JobKind::guest_reminder) return send_guest_reminder(store, desk, job);
  return plan_reminders(store, desk.world, job);
}

}  // namespace app
