#include "app/calendar_record.h"

#include <algorithm>
#include <map>
#include <set>

namespace app {

namespace json = base::json;
using base::Result;
using domain::Block;
using domain::CalendarEntry;

namespace {

ports::Place entry_place(const std::string& month, const CalendarEntry& entry) {
  return {"calendar/" + month, base::format_utc(entry.starts.utc) + "/" + entry.id};
}

std::string encoded(const CalendarEntry& entry) {
  return base::to_text(json::object{{"id", entry.id},
                                    {"kind", domain::name_of(entry.kind)},
                                    {"vessel", entry.vessel.text()},
                                    {"title", entry.title},
                                    {"starts", json_of(entry.starts)},
                                    {"ends", json_of(entry.ends)},
                                    {"status", entry.status},
                                    {"changed_at", base::format_utc(entry.changed_at)},
                                    {"sequence", entry.sequence},
                                    {"dock", entry.dock}});
}

CalendarEntry entry_from(const json::object& body) {
  return {text_at(body, "id"),
          domain::busy_kind_from(text_at(body, "kind")).value_or(domain::BusyKind::hold),
          domain::VesselId(text_at(body, "vessel")),
          text_at(body, "title"),
          moment_at(body, "starts"),
          moment_at(body, "ends"),
          text_at(body, "status"),
          instant_at(body, "changed_at"),
          static_cast<std::uint32_t>(number_at(body, "sequence")),
          text_at(body, "dock")};
}

Block block_from(const json::object& body) {
  return {domain::BlockId(text_at(body, "id")),
          domain::busy_kind_from(text_at(body, "kind")).value_or(domain::BusyKind::hold),
          domain::VesselId(text_at(body, "vessel")),
          text_at(body, "title"),
          moment_at(body, "starts"),
          moment_at(body, "ends"),
          instant_at(body, "made_at")};
}

std::vector<std::string> months_of(const CalendarEntry& entry) {
  return domain::months_of({entry.starts.utc, entry.ends.utc});
}

}  // namespace

void put_entry(ports::Changes& changes, const CalendarEntry& entry) {
  for (const std::string& month : months_of(entry))
    changes.put(entry_place(month, entry), ports::absent, encoded(entry));
}

Result<void> replace_entry(const ports::TenantStore& store, ports::Changes& changes,
                           const CalendarEntry& before, const CalendarEntry& after) {
  std::map<std::string, ports::Place> kept;
  for (const std::string& month : months_of(after)) {
    const ports::Place place = entry_place(month, after);
    kept.emplace(place.partition + place.sort, place);
  }
  for (const std::string& month : months_of(before)) {
    const ports::Place place = entry_place(month, before);
    const auto stored = TRY(store.get(place));
    if (kept.erase(place.partition + place.sort) == 0)
      changes.remove(place, stored ? stored->version : ports::absent);
    else
      changes.put(place, stored ? stored->version : ports::absent, encoded(after));
  }
  for (const auto& [key, place] : kept) changes.put(place, ports::absent, encoded(after));
  return {};
}

void remove_entry(ports::Changes& changes, const CalendarEntry& entry) {
  for (const std::string& month : months_of(entry)) changes.remove(entry_place(month, entry), 1);
}

Result<std::vector<CalendarEntry>> entries_in(const ports::TenantStore& store,
                                              const domain::Interval& interval) {
  std::vector<CalendarEntry> entries;
  std::set<std::string> seen;
  for (const std::string& month : domain::months_of(interval))
    for (const ports::Stored& stored :
         TRY(store.scan("calendar/" + month, {}, entries_per_month_max))) {
      CalendarEntry entry = entry_from(TRY(body_of(stored)));
      const bool inside = interval.overlaps({entry.starts.utc, entry.ends.utc});
      if (inside && seen.insert(entry.id).second) entries.push_back(std::move(entry));
    }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.starts.utc < b.starts.utc; });
  return entries;
}

ports::Place block_place(const domain::BlockId& block) {
  return {"block/" + block.text(), "block"};
}

std::string encoded(const Block& block) {
  return base::to_text(json::object{{"id", block.id.text()},
                                    {"kind", domain::name_of(block.kind)},
                                    {"vessel", block.vessel.text()},
                                    {"title", block.title},
                                    {"starts", json_of(block.starts)},
                                    {"ends", json_of(block.ends)},
                                    {"made_at", base::format_utc(block.made_at)}});
}

Result<std::optional<Loaded<Block>>> load_block(const ports::TenantStore& store,
                                                const domain::BlockId& block) {
  return load<Block>(store, block_place(block), block_from);
}

CalendarEntry entry_of(const Block& block) {
  return {block.id.text(), block.kind, block.vessel,  block.title, block.starts,
          block.ends,      {},         block.made_at, 0,           {}};
}

}  // namespace app
