#include "app/replay_job.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"

namespace app {

using base::Result;
using domain::Job;

namespace {

base::json::object json_of(const Job& job) {
  base::json::object body{{"state", domain::name_of(job.state)},
                          {"attempts", job.attempts},
                          {"due_at", base::format_utc(job.due_at)}};
  if (!job.last_error.empty()) body["error"] = job.last_error;
  if (job.finished_at) body["finished_at"] = base::format_utc(*job.finished_at);
  return body;
}

}  // namespace

Result<Job> replay_job(const ports::TenantStore& store, const World& world, const domain::JobId& id,
                       const std::string& actor) {
  return decide([&]() -> Result<Job> {
    const auto found = TRY(load_job(store, id));
    if (!found) return base::not_found("There is no job '" + id.text() + "'");
    if (found->value.state == domain::JobState::planned)
      return base::conflict("This job is planned and will run by itself");
    auto changes = store.changes();
    const Job again = replay(changes, *found, world.now());
    audit(changes, world,
          {actor,
           "replay_job",
           charter_partition(again.charter),
           {{"job", id.text()}},
           json_of(found->value),
           json_of(again)});
    TRY(store.commit(changes));
    return again;
  });
}

}  // namespace app
