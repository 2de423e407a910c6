// The calendar's index: one record per entry and month it touches, in the order of start times; and
// blocks.
#pragma once

#include <vector>

#include "domain/calendar.h"

#include "app/record_json.h"

namespace app {

inline constexpr std::size_t entries_per_month_max = 10'000;

// The entry of a hold is gone from the store when the hold lapses.
void put_entry(ports::Changes& changes, const domain::CalendarEntry& entry);
// The same entry, at another time or with other words; whatever stands in either's places.
base::Result<void> replace_entry(const ports::TenantStore& store, ports::Changes& changes,
                                 const domain::CalendarEntry& before,
                                 const domain::CalendarEntry& after);
bool says_the_same(const domain::CalendarEntry& one, const domain::CalendarEntry& other);
// What stands where the entry should; nullopt: nothing does, or each of its months says something
// else.
base::Result<std::optional<domain::CalendarEntry>> stored_entry(const ports::TenantStore& store,
                                                                const domain::CalendarEntry& entry);
// Every entry that overlaps the interval, by start time.
base::Result<std::vector<domain::CalendarEntry>> entries_in(const ports::TenantStore& store,
                                                            const domain::Interval& interval);

ports::Place block_place(const domain::BlockId& block);
// A new one and its calendar entry.
void put_block(ports::Changes& changes, const domain::Block& block);
// Both again; what has lapsed by now has no entry any more.
void remove_block(ports::Changes& changes, const Loaded<domain::Block>& block, base::Instant now);
base::Result<std::optional<Loaded<domain::Block>>> load_block(const ports::TenantStore& store,
                                                              const domain::BlockId& block);
domain::CalendarEntry entry_of(const domain::Block& block);

}  // namespace app
