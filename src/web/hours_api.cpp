#include "web/hours_api.h"

#include "domain/tenant.h"

#include "app/charter_record.h"
#include "app/hours_record.h"
#include "app/put_hours.h"
#include "app/tenant_record.h"

#include "web/replies.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Response;
using base::Result;
using domain::MemberId;

namespace {

domain::CharterId charter_id(const OwnerCall& call) {
  return domain::CharterId(call.path.find("id")->second);
}

json::object member_json(const MemberId& member, const domain::Tenant& tenant) {
  const domain::Member* known = tenant.member(member);
  return {{"member", member.text()}, {"name", known ? known->name : member.text()}};
}

// left_open: clocked in, and the trip is so long over that they surely are not any more.
void add_hours(json::object& body, const domain::Hours& hours, const domain::Charter& charter,
               base::Instant now) {
  for (auto& [name, value] : app::hours_said(hours, charter.starts.zone)) body[name] = value;
  const bool open = domain::state_of(hours) == domain::HoursState::open;
  if (open) body["left_open"] = domain::clock_is_over(charter, now);
}

std::vector<app::WrittenStint> stints_in(Fields& parent) {
  std::vector<app::WrittenStint> stints;
  const json::array* list = parent.array("stints", domain::stints_max);
  if (!list) return stints;
  if (list->empty()) parent.fault("stints", "must be one at least; nothing worked is hours \"0\"");
  for (const json::value& one : *list) {
    const std::string path = parent.path_of("stints[" + std::to_string(stints.size()) + "]");
    stints.emplace_back();
    if (!one.is_object()) {
      parent.faults().push_back({path, "must be an object"});
      continue;
    }
    Fields fields(one.get_object(), parent.faults(), path);
    stints.back().begins = read_time(fields, "begins_at").value_or(base::WrittenTime{});
    stints.back().ends = read_time(fields, "ends_at").value_or(base::WrittenTime{});
    fields.finish();
  }
  return stints;
}

Result<app::HoursPut> read_put(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  Fields fields(object, faults);
  app::HoursPut put;
  if (fields.has("hours") == fields.has("stints"))
    fields.fault("hours", "send either hours or stints");
  if (const auto text = fields.text("hours", {10, false, false})) {
    put.number = domain::parse_quarter_hours(*text);
    if (!put.number) fields.fault("hours", "must be quarter hours, such as \"3.25\"");
  }
  put.stints = stints_in(fields);
  const auto approved = fields.boolean("approved");
  if (!approved && !fields.has("approved")) fields.fault("approved", "is required");
  put.approval = approved.value_or(false) ? app::Approval::given : app::Approval::withheld;
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return put;
}

}  // namespace

Response get_hours(const OwnerCall& call) {
  const auto charter = WEB_TRY(app::load_charter(call.store, charter_id(call)));
  if (!charter) return problem(base::not_found("There is no such charter"));
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  auto kept = WEB_TRY(app::hours_of(call.store, charter_id(call)));
  json::array list;
  const auto add = [&](json::object body, const domain::Hours& hours) {
    add_hours(body, hours, charter->value, call.world.now());
    list.push_back(std::move(body));
  };
  for (const domain::Slot& slot : charter->value.crew) {
    json::object body = member_json(slot.member, tenant.value);
    body["role"] = slot.role.text();
    add(std::move(body), kept[slot.member].hours);
    kept.erase(slot.member);
  }
  // Who was aboard and is not any more.
  for (const auto& [member, theirs] : kept) {
    json::object body = member_json(member, tenant.value);
    if (!theirs.role.empty()) body["role"] = theirs.role.text();
    add(std::move(body), theirs.hours);
  }
  return json_reply(200, json::object{{"charter", charter_id(call).text()},
                                      {"timezone", charter->value.starts.zone},
                                      {"hours", std::move(list)}});
}

Response put_member_hours(const OwnerCall& call) {
  app::HoursPut put = WEB_TRY(read_put(call.request.body));
  put.charter = charter_id(call);
  put.member = MemberId(call.path.find("member")->second);
  put.actor = call.actor();
  const auto hours = WEB_TRY(app::put_hours(call.store, call.world, put));
  const auto charter = WEB_TRY(app::load_charter(call.store, put.charter));
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  if (!charter) return problem(base::not_found("There is no such charter"));
  json::object body = member_json(put.member, tenant.value);
  add_hours(body, hours, charter->value, call.world.now());
  return json_reply(200, body);
}

}  // namespace web
