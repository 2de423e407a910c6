#include "app/audit.h"

#include <algorithm>

namespace app {

namespace json = base::json;
using base::Result;
using domain::DeedId;

namespace {

// With and without the fraction of a second, which ids of earlier versions lack.
constexpr std::size_t deed_id_bytes_min = std::string_view("2026-11-26T01:38:24Z_k").size();
constexpr std::size_t deed_id_bytes_max = 40;

// "2026-11-26T01:38:24.125Z": deeds of one second stand in their order.
std::string stamp(base::Instant at) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  const std::string fraction = std::to_string(1000 + (at - second).count()).substr(1);
  std::string text = base::format_utc(second);
  text.insert(text.size() - 1, "." + fraction);
  return text;
}

std::string sort_of(const DeedId& id) {
  std::string sort = std::string(audit_prefix) + id.text();
  std::replace(sort.begin(), sort.end(), '_', '/');
  return sort;
}

DeedId deed_id_of(const std::string& sort) {
  std::string id = sort.substr(audit_prefix.size());
  std::replace(id.begin(), id.end(), '/', '_');
  return DeedId(id);
}

void drop_equal(json::object& before, json::object& after) {
  const json::object all = before;
  for (const auto& [name, value] : all) {
    const json::value* other = after.if_contains(name);
    if (!other || *other != value) continue;
    before.stable_erase(name);
    after.stable_erase(name);
  }
}

AuditEntry entry_for(const World& world, Deed deed) {
  drop_equal(deed.before, deed.after);
  DeedId id = deed.undo ? deed.undo->deed : new_deed_id(world);
  return {std::move(id), world.now(), std::move(deed)};
}

}  // namespace

DeedId new_deed_id(const World& world) {
  return DeedId(stamp(world.now()) + "_" + world.random_text(5));
}

bool is_deed_id(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == 'T' || c == 'Z' || c == ':' ||
           c == '.' || c == '-' || c == '_';
  };
  return text.size() >= deed_id_bytes_min && text.size() <= deed_id_bytes_max &&
         std::ranges::all_of(text, fits) && std::ranges::count(text, '_') == 1 &&
         text.find("Z_") != std::string_view::npos;
}

ports::Place audit_place(const std::string& subject, const DeedId& id) {
  return {subject, sort_of(id)};
}

AuditEntry audit(ports::Changes& changes, const World& world, Deed deed) {
  AuditEntry entry = entry_for(world, std::move(deed));
  changes.put(audit_place(entry.deed.subject, entry.id), ports::absent, encoded(entry));
  return entry;
}

AuditEntry audit(ports::OwnerChanges& changes, const World& world, Deed deed,
                 const json::object& amounts) {
  AuditEntry entry = audit(changes, world, std::move(deed));
  AuditEntry owners{entry.id, entry.at, {entry.deed.actor, entry.deed.verb, {}, amounts}};
  changes.put(ports::OwnerPlace{entry.deed.subject, sort_of(entry.id)}, ports::absent,
              encoded(owners));
  return entry;
}

std::string encoded(const AuditEntry& entry) {
  const Deed& deed = entry.deed;
  json::object body{{"at", base::format_utc(entry.at)},
                    {"actor", deed.actor},
                    {"verb", deed.verb},
                    {"facts", deed.facts}};
  if (!deed.before.empty()) body["before"] = deed.before;
  if (!deed.after.empty()) body["after"] = deed.after;
  if (deed.undo)
    body["undo"] = json::object{{"record", deed.undo->record}, {"replaced", deed.undo->replaced}};
  if (entry.undone_by) body["undone_by"] = entry.undone_by->text();
  return base::to_text(body);
}

Result<AuditEntry> audit_entry_from(const std::string& subject, const ports::Stored& stored) {
  const json::object body = TRY(body_of(stored));
  AuditEntry entry{deed_id_of(stored.sort),
                   instant_at(body, "at"),
                   {text_at(body, "actor"), text_at(body, "verb"), subject,
                    object_at(body, "facts"), object_at(body, "before"), object_at(body, "after")}};
  if (body.contains("undo")) {
    const json::object& undo = object_at(body, "undo");
    entry.deed.undo = UndoPoint{entry.id, text_at(undo, "record"), text_at(undo, "replaced")};
  }
  if (body.contains("undone_by")) entry.undone_by = DeedId(text_at(body, "undone_by"));
  return entry;
}

}  // namespace app
