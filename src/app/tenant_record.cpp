#include "app/tenant_record.h"

#include <memory>
#include <mutex>
#include <unordered_map>

#include "app/call_rules_record.h"
#include "app/weather_record.h"

namespace app {

namespace json = base::json;
using domain::Member;
using domain::Tenant;
using domain::Vessel;

namespace {

json::array json_of(const std::vector<std::string>& texts) {
  return json::array(texts.begin(), texts.end());
}

std::vector<std::string> texts_at(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  for (const json::value& value : list_at(object, name))
    if (value.is_string()) texts.emplace_back(value.get_string());
  return texts;
}

json::object json_of(const Vessel& vessel) {
  json::object body{{"id", vessel.id.text()},
                    {"name", vessel.name},
                    {"description", vessel.description},
                    {"dock", vessel.dock},
                    {"arrival_note", vessel.arrival_note},
                    {"bring", json_of(vessel.bring)},
                    {"contact", vessel.contact},
                    {"passengers_max", vessel.passengers_max},
                    {"turnaround_minutes", vessel.turnaround_minutes}};
  if (vessel.latitude) body["latitude"] = *vessel.latitude;
  if (vessel.longitude) body["longitude"] = *vessel.longitude;
  if (!vessel.tide_station.empty()) body["tide_station"] = vessel.tide_station;
  if (vessel.weather_limits.any()) body["weather_limits"] = limits_json(vessel.weather_limits);
  return body;
}

Vessel vessel_from(const json::object& body) {
  Vessel vessel;
  vessel.id = domain::VesselId(text_at(body, "id"));
  vessel.name = text_at(body, "name");
  vessel.description = text_at(body, "description");
  vessel.dock = text_at(body, "dock");
  vessel.arrival_note = text_at(body, "arrival_note");
  vessel.bring = texts_at(body, "bring");
  vessel.contact = text_at(body, "contact");
  vessel.passengers_max = static_cast<int>(number_at(body, "passengers_max"));
  vessel.turnaround_minutes = static_cast<int>(number_at(body, "turnaround_minutes"));
  vessel.latitude = optional_double_at(body, "latitude");
  vessel.longitude = optional_double_at(body, "longitude");
  vessel.tide_station = text_at(body, "tide_station");
  vessel.weather_limits = limits_from(object_at(body, "weather_limits"));
  return vessel;
}

json::object json_of(const Member& member) {
  json::array roles;
  for (const domain::Role& role : member.roles) roles.emplace_back(role.text());
  json::object body{
      {"id", member.id.text()}, {"name", member.name}, {"email", member.email}, {"roles", roles}};
  if (member.rank != 0) body["rank"] = member.rank;
  if (member.captain_order != 0) body["captain_order"] = member.captain_order;
  json::array credentials;
  for (const domain::Credential& one : member.credentials)
    credentials.push_back(
        json::object{{"kind", one.kind}, {"expires", base::format_date(one.expires)}});
  if (!credentials.empty()) body["credentials"] = std::move(credentials);
  return body;
}

Member member_from(const json::object& body) {
  Member member{
      domain::MemberId(text_at(body, "id")), text_at(body, "name"), text_at(body, "email"), {}};
  for (std::string& role : texts_at(body, "roles")) member.roles.emplace_back(std::move(role));
  member.rank = static_cast<int>(number_at(body, "rank"));
  member.captain_order = static_cast<int>(number_at(body, "captain_order"));
  for (const json::value& value : list_at(body, "credentials"))
    if (value.is_object())
      member.credentials.push_back(
          {text_at(value.get_object(), "kind"), date_at(value.get_object(), "expires")});
  return member;
}

// A tenant is asked for by nearly every verb, and changes a few times a year: what its record says
// is read once for each text. The text itself is the key, so no answer can be out of date.
class ReadTenants {
 public:
  std::shared_ptr<const Tenant> find(const std::string& text) {
    const std::scoped_lock lock(mutex_);
    const auto found = tenants_.find(text);
    return found == tenants_.end() ? nullptr : found->second;
  }
  void keep(const std::string& text, const Tenant& tenant) {
    const std::scoped_lock lock(mutex_);
    if (tenants_.size() >= tenants_max) tenants_.erase(tenants_.begin());
    tenants_.emplace(text, std::make_shared<const Tenant>(tenant));
  }

 private:
  static constexpr std::size_t tenants_max = 64;
  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<const Tenant>> tenants_;
};

}  // namespace

ports::Place tenant_place() {
  return {"tenant", "tenant"};
}

std::string encoded(const Tenant& tenant) {
  json::array vessels;
  for (const Vessel& vessel : tenant.vessels) vessels.push_back(json_of(vessel));
  json::array members;
  for (const Member& member : tenant.members) members.push_back(json_of(member));
  json::object body{{"id", tenant.id.text()},
                    {"name", tenant.name},
                    {"zone", tenant.zone},
                    {"currency", tenant.currency},
                    {"ops", tenant.sites.ops},
                    {"crew", tenant.sites.crew},
                    {"guest", tenant.sites.guest},
                    {"owner_email", tenant.owner_email},
                    {"mail_from", tenant.mail_from},
                    {"vessels", vessels},
                    {"members", members},
                    {"departure", json_of(tenant.departure_checklist)},
                    {"return", json_of(tenant.return_checklist)},
                    {"upload_close_hours_after", tenant.upload_close_hours_after},
                    {"call", json_of(tenant.call)},
                    {"reminders", json_of(tenant.reminders)}};
  return base::to_text(body);
}

Tenant tenant_from(const json::object& body) {
  Tenant tenant;
  tenant.id = domain::TenantId(text_at(body, "id"));
  tenant.name = text_at(body, "name");
  tenant.zone = text_at(body, "zone");
  tenant.currency = text_at(body, "currency");
  tenant.sites = {text_at(body, "ops"), text_at(body, "crew"), text_at(body, "guest")};
  tenant.owner_email = text_at(body, "owner_email");
  tenant.mail_from = text_at(body, "mail_from");
  for (const json::value& value : list_at(body, "vessels"))
    if (value.is_object()) tenant.vessels.push_back(vessel_from(value.get_object()));
  for (const json::value& value : list_at(body, "members"))
    if (value.is_object()) tenant.members.push_back(member_from(value.get_object()));
  tenant.departure_checklist = texts_at(body, "departure");
  tenant.return_checklist = texts_at(body, "return");
  tenant.upload_close_hours_after = static_cast<int>(number_at(body, "upload_close_hours_after"));
  if (body.contains("call")) tenant.call = call_rules_from(object_at(body, "call"));
  if (body.contains("reminders"))
    tenant.reminders = reminder_rules_from(object_at(body, "reminders"));
  return tenant;
}

base::Result<Loaded<Tenant>> load_tenant(const ports::TenantStore& store) {
  const auto stored = TRY(store.get(tenant_place()));
  if (!stored) return base::not_found("There is no tenant '" + store.tenant().text() + "'");
  static ReadTenants read;
  if (auto known = read.find(stored->body)) return Loaded<Tenant>{*known, stored->version};
  Tenant tenant = tenant_from(TRY(body_of(*stored)));
  read.keep(stored->body, tenant);
  return Loaded<Tenant>{std::move(tenant), stored->version};
}

}  // namespace app
