#include "app/list_charters.h"

#include "app/calendar_record.h"
#include "app/charter_record.h"

namespace app {

namespace {

std::string_view status_of(const domain::CalendarEntry& entry, base::Instant now) {
  const auto recorded =
      domain::charter_status_from(entry.status).value_or(domain::CharterStatus::confirmed);
  return domain::name_of(domain::status_at(recorded, entry.starts.utc, entry.ends.utc, now));
}

}  // namespace

base::Result<EntryList> list_entries(const ports::TenantStore& store, const CharterQuery& query) {
  std::vector<domain::CalendarEntry> wanted;
  for (domain::CalendarEntry& entry : TRY(entries_in(store, query.time))) {
    const bool fits = entry.kind == domain::BusyKind::charter &&
                      (query.vessel.empty() || entry.vessel == query.vessel) &&
                      (query.status.empty() || status_of(entry, query.now) == query.status);
    if (fits) wanted.push_back(std::move(entry));
  }
  EntryList list;
  list.page = query.page;
  list.pages =
      std::max<std::size_t>(1, (wanted.size() + charters_per_page - 1) / charters_per_page);
  const std::size_t first = (query.page - 1) * charters_per_page;
  for (std::size_t i = first; i < wanted.size() && i < first + charters_per_page; ++i)
    list.entries.push_back(std::move(wanted[i]));
  return list;
}

base::Result<CharterList> list_charters(const ports::TenantStore& store,
                                        const CharterQuery& query) {
  const EntryList found = TRY(list_entries(store, query));
  CharterList list{{}, found.page, found.pages};
  for (const domain::CalendarEntry& entry : found.entries)
    if (auto charter = TRY(load_charter(store, domain::CharterId(entry.id))))
      list.charters.push_back(std::move(charter->value));
  return list;
}

}  // namespace app
