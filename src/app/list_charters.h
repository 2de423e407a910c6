// list_charters: the charters that overlap a span of dock days, filtered and paged.
#pragma once

#include <vector>

#include "domain/calendar.h"
#include "domain/charter.h"
#include "domain/schedule.h"

#include "ports/tenant_store.h"

namespace app {

inline constexpr std::size_t charters_per_page = 50;

struct CharterQuery {
  domain::Interval time;
  domain::VesselId vessel;  // empty: all
  std::string status;       // empty: all
  std::size_t page = 1;
  base::Instant now;  // by which a status is meant
};

struct CharterList {
  std::vector<domain::Charter> charters;
  std::size_t page = 1;
  std::size_t pages = 1;
};

// The same as the calendar shows them.
struct EntryList {
  std::vector<domain::CalendarEntry> entries;
  std::size_t page = 1;
  std::size_t pages = 1;
};

base::Result<EntryList> list_entries(const ports::TenantStore& store, const CharterQuery& query);
base::Result<CharterList> list_charters(const ports::TenantStore& store, const CharterQuery& query);

}  // namespace app
