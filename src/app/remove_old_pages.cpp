#include "app/remove_old_pages.h"

#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/owe_purge.h"

namespace app {

using base::Instant;
using base::Result;
using domain::page_lives_after_end;

namespace {

// The objects of the charter's page that are there although its time is over.
Result<std::vector<std::string>> left_over(const ports::TenantStore& store, const World& world,
                                           const domain::CharterId& id, Instant until) {
  std::vector<std::string> left;
  const auto charter = TRY(load_charter(store, id));
  if (!charter || !charter->value.has_guest_page()) return left;
  if (charter->value.ends.utc + page_lives_after_end > until) return left;
  for (const char* ending : {".html", ".ics"}) {
    std::string object = charter->value.slug.text() + ending;
    if (TRY(world.objects->facts({store.tenant(), object}))) left.push_back(std::move(object));
  }
  return left;
}

}  // namespace

Result<std::size_t> remove_old_pages(const ports::TenantStore& store, const JobDesk& desk,
                                     Instant since, Instant until) {
  const domain::Interval ended{since - page_lives_after_end, until - page_lives_after_end};
  std::vector<std::string> removed;
  for (const domain::CalendarEntry& entry : TRY(entries_in(store, ended))) {
    const bool in_span = ended.from < entry.ends.utc && entry.ends.utc <= ended.until;
    if (entry.kind != domain::BusyKind::charter || !in_span) continue;
    for (std::string& object :
         TRY(left_over(store, desk.world, domain::CharterId(entry.id), until))) {
      TRY(desk.world.objects->remove({store.tenant(), object}));
      removed.push_back(std::move(object));
    }
  }
  std::vector<std::string> paths;
  for (const std::string& object : removed)
    for (std::string& path : edge_paths(object)) paths.push_back(std::move(path));
  if (desk.cdn && !paths.empty()) TRY(owe_purge(store, desk.world, paths));
  return removed.size();
}

}  // namespace app
