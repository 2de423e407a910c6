#include "app/hours_record.h"

#include "domain/tenant.h"

#include "app/charter_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::CharterId;
using domain::Hours;
using domain::MemberId;

namespace {

constexpr std::string_view hours_prefix = "hours/";
// Everybody who was ever aboard.
constexpr std::size_t hours_records_max = domain::members_max;

domain::Stint stint_from(const json::object& body) {
  return {instant_at(body, "begins"), optional_instant_at(body, "ends")};
}

}  // namespace

ports::Place hours_place(const CharterId& charter, const MemberId& member) {
  return {charter_partition(charter), std::string(hours_prefix) + member.text()};
}

std::string encoded(const KeptHours& kept) {
  json::object body;
  json::array stints;
  for (const domain::Stint& stint : kept.hours.stints) {
    json::object one{{"begins", base::format_utc(stint.begins)}};
    if (stint.ends) one["ends"] = base::format_utc(*stint.ends);
    stints.push_back(std::move(one));
  }
  if (!stints.empty()) body["stints"] = std::move(stints);
  if (kept.hours.number) body["hours"] = kept.hours.number->text();
  if (kept.hours.approved) body["approved"] = true;
  if (!kept.deed.empty()) body["deed"] = kept.deed.text();
  if (!kept.role.empty()) body["role"] = kept.role.text();
  return base::to_text(body);
}

KeptHours hours_from(const json::object& body) {
  KeptHours kept;
  for (const json::value& stint : list_at(body, "stints"))
    if (stint.is_object()) kept.hours.stints.push_back(stint_from(stint.get_object()));
  if (body.contains("hours")) kept.hours.number = domain::Decimal::parse(text_at(body, "hours"));
  kept.hours.approved = flag_at(body, "approved");
  kept.deed = domain::DeedId(text_at(body, "deed"));
  kept.role = domain::Role(text_at(body, "role"));
  return kept;
}

Result<Loaded<KeptHours>> load_hours(const ports::TenantStore& store, const CharterId& charter,
                                     const MemberId& member) {
  auto found = TRY(load<KeptHours>(store, hours_place(charter, member), hours_from));
  return found ? *std::move(found) : Loaded<KeptHours>{};
}

Result<std::map<MemberId, KeptHours>> hours_of(const ports::TenantStore& store,
                                               const CharterId& charter) {
  std::map<MemberId, KeptHours> all;
  for (const ports::Stored& stored :
       TRY(store.scan(charter_partition(charter), ports::starting_with(std::string(hours_prefix)),
                      hours_records_max)))
    all[MemberId(stored.sort.substr(hours_prefix.size()))] = hours_from(TRY(body_of(stored)));
  return all;
}

json::object hours_said(const Hours& hours, const std::string& zone) {
  const auto said = [&](base::Instant instant) {
    return base::format_offset_time(base::at(instant, zone));
  };
  json::array stints;
  for (const domain::Stint& stint : hours.stints) {
    json::object one{{"begins_at", said(stint.begins)}, {"ends_at", nullptr}};
    if (stint.ends) one["ends_at"] = said(*stint.ends);
    stints.push_back(std::move(one));
  }
  json::object body{{"state", domain::name_of(domain::state_of(hours))}, {"hours", nullptr}};
  if (const auto total = domain::total_of(hours)) body["hours"] = total->text();
  body["stints"] = std::move(stints);
  return body;
}

}  // namespace app
