#include "app/call_rules_record.h"

namespace app {

namespace json = base::json;
using domain::CallRules;
using domain::CivilHours;
using domain::ReminderRules;
using domain::RoleRules;

namespace {

json::object json_of(const CivilHours& hours) {
  return {{"from", hours.from.count()}, {"until", hours.until.count()}};
}

CivilHours civil_from(const json::object& body) {
  return {base::minutes(number_at(body, "from")), base::minutes(number_at(body, "until"))};
}

json::object json_of(const RoleRules& rules) {
  return {{"all", rules.mode == domain::AskMode::all},
          {"answer_within_minutes", rules.answer_within.count()},
          {"needs", json::array(rules.needs.begin(), rules.needs.end())}};
}

RoleRules role_from(const json::object& body) {
  RoleRules rules;
  rules.mode = flag_at(body, "all") ? domain::AskMode::all : domain::AskMode::one;
  rules.answer_within = base::minutes(number_at(body, "answer_within_minutes"));
  for (const json::value& kind : list_at(body, "needs"))
    if (kind.is_string()) rules.needs.emplace_back(kind.get_string());
  return rules;
}

json::array hours_of(const std::vector<std::chrono::hours>& hours) {
  json::array list;
  for (const std::chrono::hours one : hours) list.push_back(one.count());
  return list;
}

std::vector<std::chrono::hours> hours_at(const json::object& body, std::string_view name) {
  std::vector<std::chrono::hours> hours;
  for (const json::value& value : list_at(body, name))
    if (value.is_int64()) hours.emplace_back(value.get_int64());
  return hours;
}

}  // namespace

json::object json_of(const CallRules& rules) {
  json::object roles;
  for (const auto& [role, one] : rules.roles) roles[role.text()] = json_of(one);
  return {
      {"civil", json_of(rules.civil)}, {"fill_by_hours", rules.fill_by.count()}, {"roles", roles}};
}

CallRules call_rules_from(const json::object& body) {
  CallRules rules;
  rules.civil = civil_from(object_at(body, "civil"));
  rules.fill_by = std::chrono::hours(number_at(body, "fill_by_hours"));
  for (const auto& [role, one] : object_at(body, "roles"))
    if (one.is_object()) rules.roles[domain::Role(std::string(role))] = role_from(one.get_object());
  return rules;
}

json::object json_of(const ReminderRules& rules) {
  return {{"crew", hours_of(rules.crew)},
          {"guest", hours_of(rules.guest)},
          {"civil", json_of(rules.civil)}};
}

ReminderRules reminder_rules_from(const json::object& body) {
  ReminderRules rules;
  rules.crew = hours_at(body, "crew");
  rules.guest = hours_at(body, "guest");
  rules.civil = civil_from(object_at(body, "civil"));
  return rules;
}

}  // namespace app
