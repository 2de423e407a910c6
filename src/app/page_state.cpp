#include "app/page_state.h"

#include "app/job_record.h"

namespace app {

base::Result<PageState> page_state(const ports::TenantStore& store,
                                   const domain::Charter& charter) {
  const auto job = TRY(load_job(
      store, domain::job_id_for(charter.id, domain::JobKind::guest_page, charter.facts_revision)));
  if (job && job->value.state == domain::JobState::done) return PageState::published;
  if (job && job->value.state == domain::JobState::planned) return PageState::coming;
  return base::unavailable("The guest page is not published");
}

}  // namespace app
