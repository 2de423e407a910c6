#include "web/roster_api.h"

#include "base/json.h"
#include "base/text.h"

#include "domain/roster.h"

#include "app/availability_record.h"
#include "app/invite_member.h"
#include "app/set_availability.h"
#include "app/tenant_record.h"

#include "web/receipt_json.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;
using base::Result;
using domain::AwayDays;

namespace {

json::array json_of(const AwayDays& days) {
  json::array list;
  list.reserve(days.size());
  for (const std::chrono::year_month_day day : days) list.emplace_back(base::format_date(day));
  return list;
}

// 0: the file says none.
json::value place_or_null(int place) {
  return place == 0 ? json::value(nullptr) : json::value(place);
}

json::object member_json(const domain::Member& member, const domain::CallRules& rules,
                         std::chrono::year_month_day today) {
  json::array roles;
  for (const domain::Role& role : member.roles) roles.emplace_back(role.text());
  json::array credentials;
  for (const domain::Credential& one : member.credentials)
    credentials.push_back(json::object{{"kind", one.kind},
                                       {"expires", base::format_date(one.expires)},
                                       {"state", domain::name_of(state_of(one, today))}});
  json::array missing;
  for (const domain::MissingCredential& one : domain::missing_of(member, rules, today))
    missing.push_back(json::object{{"role", one.role.text()}, {"kind", one.kind}});
  return {{"member", member.id.text()},
          {"name", member.name},
          {"roles", std::move(roles)},
          {"rank", place_or_null(member.rank)},
          {"captain_order", place_or_null(member.captain_order)},
          {"credentials", std::move(credentials)},
          {"missing", std::move(missing)}};
}

Result<AwayDays> read_away(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  base::Fields fields(object, faults);
  AwayDays days;
  const json::array* list = fields.array("days", domain::away_days_max);
  if (!list && !fields.has("days")) fields.fault("days", "is required");
  for (std::size_t i = 0; list && i < list->size(); ++i) {
    const json::value& one = (*list)[i];
    const auto day =
        base::parse_date(one.is_string() ? std::string_view(one.get_string()) : std::string_view());
    if (day)
      days.insert(*day);
    else
      fields.fault("days[" + std::to_string(i) + "]", day.error().message);
  }
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return days;
}

}  // namespace

Response get_roster(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto today = app::dock_day(call.world, tenant.value.zone);
  json::array list;
  list.reserve(tenant.value.members.size());
  for (const domain::Member& member : tenant.value.members) {
    json::object body = member_json(member, tenant.value.call, today);
    const auto away = WEB_TRY(app::load_away(call.store, member.id));
    body["away"] = json_of(domain::from_on(away.value, today));
    list.push_back(std::move(body));
  }
  return json_reply(200, json::object{{"crew", std::move(list)}});
}

Response put_away(const OwnerCall& call) {
  const domain::MemberId member(call.path.find("member")->second);
  const AwayDays days = WEB_TRY(read_away(call.request.body));
  const auto after =
      WEB_TRY(app::set_availability(call.store, call.world, {member, days, call.actor()}));
  return json_reply(200, json::object{{"member", member.text()}, {"away", json_of(after)}});
}

Response post_invite(const OwnerCall& call) {
  if (!call.request.body.empty() && base::trimmed(call.request.body) != "{}")
    return problem(base::invalid("body", "must be empty"));
  const domain::MemberId member(call.path.find("member")->second);
  const auto mail = WEB_TRY(app::invite_member(call.store, call.world, {member, call.actor()}));
  return json_reply(200, jobs_json({mail}).front());
}

}  // namespace web
