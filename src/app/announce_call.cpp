#include "app/announce_call.h"

#include "app/call_crew.h"
#include "app/charter_record.h"

namespace app {

namespace {

// A function that starts cold, or is tried again by its platform, is not late yet.
constexpr std::chrono::seconds listener_hears_within{30};

}  // namespace

base::Result<JobOutcome> announce_call(const ports::TenantStore& store, const JobDesk& desk,
                                       const domain::Job& job) {
  const auto charter = TRY(load_charter(store, job.charter));
  // The call of the newer revision says it all.
  if (!charter || job.revision < charter->value.facts_revision) return JobOutcome::stale;
  const base::Instant now = desk.world.now();
  const bool was_announced = now >= job.planned_at + domain::job_wait_for_listener;
  if (was_announced && TRY(is_crew_called(store, job.charter))) return JobOutcome::done;
  const bool is_late = now > job.planned_at + listener_hears_within;
  const auto reach = TRY(desk.topic->announce({store.tenant(), job.charter, job.revision}));
  if (reach == ports::Topic::Reach::heard) return JobOutcome::done;
  if (is_late) return base::unavailable("Nobody has heard the crew's call yet");
  return JobOutcome::announced;
}

}  // namespace app
