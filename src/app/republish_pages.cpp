#include "app/republish_pages.h"

#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/replay_job.h"

namespace app {

using base::Result;

namespace {

// Trips further ahead are rare, and published anew when they change.
constexpr std::chrono::days looks_ahead{3 * 366};

// conflict: its publication is planned already.
Result<bool> republish(const ports::TenantStore& store, const World& world,
                       const domain::CharterId& id, const std::string& actor) {
  const auto charter = TRY(load_charter(store, id));
  if (!charter || !charter->value.has_guest_page()) return false;
  const auto job =
      domain::job_id_for(id, domain::JobKind::guest_page, charter->value.facts_revision);
  const auto replayed = replay_job(store, world, job, actor);
  if (replayed) return true;
  const base::Kind kind = replayed.error().kind;
  if (kind == base::Kind::conflict || kind == base::Kind::not_found) return false;
  return replayed.error();
}

}  // namespace

Result<std::size_t> republish_pages(const ports::TenantStore& store, const World& world,
                                    const std::string& actor) {
  const base::Instant now = world.now();
  const domain::Interval read{now - domain::page_lives_after_end, now + looks_ahead};
  std::size_t pages = 0;
  for (const domain::CalendarEntry& entry : TRY(entries_in(store, read))) {
    if (entry.kind != domain::BusyKind::charter) continue;
    pages += TRY(republish(store, world, domain::CharterId(entry.id), actor)) ? 1U : 0U;
  }
  return pages;
}

}  // namespace app
