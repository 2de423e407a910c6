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
  json::object body{{"id", entry.id},
                    {"kind", domain::name_of(entry.kind)},
                    {"vessel", entry.vessel.text()},
                    {"title", entry.title},
                    {"starts", json_of(entry.starts)},
                    {"ends", json_of(entry.ends)},
                    {"status", entry.status},
                    {"changed_at", base::format_utc(entry.changed_at)},
                    {"sequence", entry.sequence},
                    {"dock", entry.dock}};
  if (entry.expires) body["expires"] = json_of(*entry.expires);
  return base::to_text(body);
}

std::optional<base::Moment> expiry_from(const json::object& body) {
  if (!body.contains("expires")) return std::nullopt;
  return moment_at(body, "expires");
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
          text_at(body, "dock"),
          expiry_from(body)};
}

Block block_from(const json::object& body) {
  return {domain::BlockId(text_at(body, "id")),
          domain::busy_kind_from(text_at(body, "kind")).value_or(domain::BusyKind::hold),
          domain::VesselId(text_at(body, "vessel")),
          text_at(body, "title"),
          moment_at(body, "starts"),
          moment_at(body, "ends"),
          instant_at(body, "made_at"),
          expiry_from(body)};
}

std::string encoded(const Block& block) {
  json::object body{{"id", block.id.text()},
                    {"kind", domain::name_of(block.kind)},
                    {"vessel", block.vessel.text()},
                    {"title", block.title},
                    {"starts", json_of(block.starts)},
                    {"ends", json_of(block.ends)},
                    {"made_at", base::format_utc(block.made_at)}};
  if (block.expires) body["expires"] = json_of(*block.expires);
  return base::to_text(body);
}

std::vector<std::string> months_of(const CalendarEntry& entry) {
  return domain::months_of({entry.starts.utc, entry.ends.utc});
}

}  // namespace

void put_entry(ports::Changes& changes, const CalendarEntry& entry) {
  std::optional<base::Instant> until;
  if (entry.expires) until = entry.expires->utc;
  for (const std::string& month : months_of(entry))
    changes.put(entry_place(month, entry), ports::absent, encoded(entry), until);
}

Result<void> replace_entry(const ports::TenantStore& store, ports::Changes& changes,
                           const CalendarEntry& before, const CalendarEntry& after) {
  std::map<std::string, ports::Place> left;  // by month
  for (const std::string& month : months_of(before)) left[month] = entry_place(month, before);
  for (const std::string& month : months_of(after)) {
    const ports::Place place = entry_place(month, after);
    const auto stored = TRY(store.get(place));
    changes.put(place, stored ? stored->version : ports::absent, encoded(after));
    if (const auto same = left.find(month); same != left.end() && same->second.sort == place.sort)
      left.erase(same);
  }
  for (const auto& [month, place] : left)
    if (const auto stored = TRY(store.get(place))) changes.remove(place, stored->version);
  return {};
}

bool says_the_same(const CalendarEntry& one, const CalendarEntry& other) {
  return encoded(one) == encoded(other);
}

Result<std::optional<CalendarEntry>> stored_entry(const ports::TenantStore& store,
                                                  const CalendarEntry& entry) {
  std::optional<CalendarEntry> first;
  for (const std::string& month : months_of(entry)) {
    const auto stored = TRY(store.get(entry_place(month, entry)));
    if (!stored) return std::optional<CalendarEntry>{};
    CalendarEntry found = entry_from(TRY(body_of(*stored)));
    if (first && !says_the_same(*first, found)) return std::optional<CalendarEntry>{};
    first = std::move(found);
  }
  return first;
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

void put_block(ports::Changes& changes, const Block& block) {
  std::optional<base::Instant> until = block.lapses_at();
  if (until) *until += domain::lapsed_hold_kept;
  changes.put(block_place(block.id), ports::absent, encoded(block), until);
  put_entry(changes, entry_of(block));
}

void remove_block(ports::Changes& changes, const Loaded<Block>& block, base::Instant now) {
  changes.remove(block_place(block.value.id), block.version);
  if (block.value.has_lapsed(now)) return;
  const CalendarEntry entry = entry_of(block.value);
  // It is as it was put: nothing changes an entry of a block.
  for (const std::string& month : months_of(entry)) changes.remove(entry_place(month, entry), 1);
}

Result<std::optional<Loaded<Block>>> load_block(const ports::TenantStore& store,
                                                const domain::BlockId& block) {
  return load<Block>(store, block_place(block), block_from);
}

CalendarEntry entry_of(const Block& block) {
  return {block.id.text(), block.kind, block.vessel, block.title,  block.starts, block.ends, {},
          block.made_at,   0,          {},           block.expires};
}

}  // namespace app
