#include "web/audit_api.h"

#include "base/text.h"

#include "app/audit_trail.h"
#include "app/undo_deed.h"

#include "web/query.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;

namespace {

domain::CharterId charter_id(const OwnerCall& call) {
  return domain::CharterId(call.path.find("id")->second);
}

json::object trail_json(const app::TrailEntry& trail) {
  const app::AuditEntry& entry = trail.entry;
  json::object body{
      {"id", entry.id.text()},     {"at", base::format_utc(entry.at)},
      {"actor", entry.deed.actor}, {"verb", entry.deed.verb},
      {"facts", entry.deed.facts}, {"before", entry.deed.before},
      {"after", entry.deed.after}, {"can_undo", trail.undo == app::TrailEntry::Undo::possible}};
  if (entry.undone_by) body["undone_by"] = entry.undone_by->text();
  if (!trail.amounts.empty()) body["amounts"] = trail.amounts;
  return body;
}

}  // namespace

Response get_audit(const OwnerCall& call) {
  const auto after = WEB_TRY(read_parameter(call, "after"));
  if (after && !app::is_deed_id(*after))
    return problem(base::invalid("after", "is no id of an entry"));
  const auto trail =
      WEB_TRY(app::audit_trail(call.store, charter_id(call), domain::DeedId(after.value_or(""))));
  json::array entries;
  for (const app::TrailEntry& entry : trail.entries) entries.push_back(trail_json(entry));
  json::object body{{"audit", std::move(entries)}};
  if (trail.next) body["next"] = trail.next->text();
  return json_reply(200, body);
}

Response post_undo(const OwnerCall& call) {
  if (!call.request.body.empty() && base::trimmed(call.request.body) != "{}")
    return problem(base::invalid("body", "must be empty"));
  const domain::DeedId deed(call.path.find("entry")->second);
  auto entry =
      WEB_TRY(app::undo_deed(call.store, call.world, {charter_id(call), deed, call.actor()}));
  return json_reply(200, trail_json({std::move(entry), {}, app::TrailEntry::Undo::not_possible}));
}

}  // namespace web
