#include "tenant_file.h"

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"

#include "domain/amounts_in_text.h"

#include "crew_file.h"

namespace fairlead {

using base::Fault;
using base::Result;
using domain::Tenant;

namespace {

constexpr std::size_t fees_max = 10;
constexpr std::size_t bring_max = 20;

std::string read_host(TomlReader& reader, std::string_view key, std::set<std::string>& seen) {
  std::string host = reader.required_text(key, 253);
  if (host.empty()) return host;
  if (!base::is_host_name(host)) reader.fault(key, "must be a host name in lower case");
  if (!seen.insert(host).second) reader.fault(key, "stands twice; each site needs its own host");
  return host;
}

void read_sites(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  const toml::table* table = top.table("sites");
  if (!table) {
    top.fault("sites", "is required");
    return;
  }
  TomlReader reader(*table, faults, "sites");
  std::set<std::string> seen;
  tenant.sites.ops = read_host(reader, "ops", seen);
  tenant.sites.crew = read_host(reader, "crew", seen);
  tenant.sites.guest = read_host(reader, "guest", seen);
  reader.finish();
}

void read_mail(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  if (const toml::table* table = top.table("owner")) {
    TomlReader reader(*table, faults, "owner");
    tenant.owner_email = reader.required_address("email");
    reader.finish();
  } else {
    top.fault("owner", "is required");
  }
  const toml::table* table = top.table("mail");
  if (!table) return;
  TomlReader reader(*table, faults, "mail");
  tenant.mail_from = reader.text("from", 320).value_or("");
  const auto open = tenant.mail_from.find('<');
  const std::string address =
      open == std::string::npos || !tenant.mail_from.ends_with('>')
          ? tenant.mail_from
          : tenant.mail_from.substr(open + 1, tenant.mail_from.size() - open - 2);
  if (!tenant.mail_from.empty() && !base::is_mail_address(address))
    reader.fault("from", "must be a mailbox such as \"Name <bookings@host.example>\"");
  reader.finish();
}

domain::WeatherLimit read_limit(TomlReader& weather, std::vector<Fault>& faults,
                                const std::string& key, double most) {
  const toml::table* table = weather.table(key);
  if (!table) return {};
  TomlReader reader(*table, faults, "vessels.weather." + key);
  const domain::WeatherLimit limit{reader.number("caution", 0, most),
                                   reader.number("no_go", 0, most)};
  // Of all that is measured only visibility is worse the less of it there is.
  const bool less_is_worse = key == "visibility_metres";
  if (limit.caution && limit.no_go &&
      (less_is_worse ? *limit.no_go >= *limit.caution : *limit.no_go <= *limit.caution))
    reader.fault("no_go", less_is_worse ? "must be below caution" : "must be above caution");
  reader.finish();
  return limit;
}

void read_weather(TomlReader& vessel_reader, std::vector<Fault>& faults, domain::Vessel& vessel) {
  const toml::table* table = vessel_reader.table("weather");
  if (!table) return;
  TomlReader reader(*table, faults, "vessels.weather");
  vessel.tide_station = reader.text("tide_station", 20).value_or("");
  if (!vessel.tide_station.empty() &&
      !std::ranges::all_of(vessel.tide_station, [](char c) { return c >= '0' && c <= '9'; }))
    reader.fault("tide_station", "must be the number of a station, such as \"9410170\"");
  vessel.weather_limits.wind_knots = read_limit(reader, faults, "wind_knots", 200);
  vessel.weather_limits.gust_knots = read_limit(reader, faults, "gust_knots", 200);
  vessel.weather_limits.wave_metres = read_limit(reader, faults, "wave_metres", 30);
  vessel.weather_limits.visibility_metres =
      read_limit(reader, faults, "visibility_metres", 200'000);
  if (!vessel.latitude)
    vessel_reader.fault("weather", "needs latitude and longitude of the vessel");
  reader.finish();
}

domain::Vessel read_vessel(const toml::table& table, std::vector<Fault>& faults) {
  TomlReader reader(table, faults, "vessels");
  domain::Vessel vessel;
  vessel.id = domain::VesselId(reader.required_handle("id"));
  vessel.name = reader.required_text("name", 80);
  vessel.description = reader.text("description", 500).value_or("");
  vessel.dock = reader.required_text("dock", 200);
  vessel.arrival_note = reader.text("arrival_note", 500).value_or("");
  vessel.bring = reader.texts("bring", bring_max);
  vessel.contact = reader.text("contact", 200).value_or("");
  const auto passengers = reader.integer("passengers_max", 1, 1000);
  if (!passengers && !table.get("passengers_max")) reader.fault("passengers_max", "is required");
  vessel.passengers_max = static_cast<int>(passengers.value_or(0));
  vessel.turnaround_minutes =
      static_cast<int>(reader.integer("turnaround_minutes", 0, 7 * 24 * 60).value_or(0));
  vessel.latitude = reader.number("latitude", -90, 90);
  vessel.longitude = reader.number("longitude", -180, 180);
  if (vessel.latitude.has_value() != vessel.longitude.has_value())
    reader.fault(vessel.latitude ? "latitude" : "longitude",
                 "latitude and longitude come together");
  read_weather(reader, faults, vessel);
  reader.finish();
  return vessel;
}

void read_fleet(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  std::set<std::string> seen;
  for (const toml::table* table : top.tables("vessels", domain::vessels_max)) {
    tenant.vessels.push_back(read_vessel(*table, faults));
    if (!seen.insert(tenant.vessels.back().id.text()).second)
      TomlReader(*table, faults, "vessels").fault("id", "stands twice");
  }
  if (tenant.vessels.empty()) top.fault("vessels", "must name at least one vessel");
  seen.clear();
  for (const toml::table* table : top.tables("crew", domain::members_max)) {
    tenant.members.push_back(read_member(*table, faults));
    if (!seen.insert(tenant.members.back().id.text()).second)
      TomlReader(*table, faults, "crew").fault("id", "stands twice");
  }
}

void read_checklists(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  const toml::table* table = top.table("checklists");
  if (!table) return;
  TomlReader reader(*table, faults, "checklists");
  tenant.departure_checklist = reader.texts("departure", domain::checklist_items_max);
  tenant.return_checklist = reader.texts("return", domain::checklist_items_max);
  for (const auto& [key, list] : {std::pair("departure", &tenant.departure_checklist),
                                  std::pair("return", &tenant.return_checklist)})
    for (const std::string& item : *list)
      if (domain::looks_like_amount(item))
        reader.fault(key, "'" + item + "' looks like an amount of money, and crew read it");
  reader.finish();
}

void read_uploads(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  const toml::table* table = top.table("uploads");
  if (!table) return;
  TomlReader reader(*table, faults, "uploads");
  tenant.upload_close_hours_after =
      static_cast<int>(reader.integer("close_hours_after", 1, 14 * 24).value_or(24));
  reader.finish();
}

void read_pay(TomlReader& top, std::vector<Fault>& faults, domain::Rates& rates) {
  const toml::table* pay = top.table("pay");
  if (!pay) return;
  TomlReader roles(*pay, faults, "pay");
  for (const std::string& role : roles.keys()) {
    const toml::table* table = roles.table(role);
    if (!base::is_handle(role, handle_length_max)) roles.fault(role, "is not a role's name");
    if (!table) continue;
    TomlReader reader(*table, faults, "pay." + role);
    domain::PayRule rule;
    const std::string rate = reader.decimal("rate").value_or("");
    const auto money = domain::parse_money(rate, rates.currency);
    if (!money) reader.fault("rate", "must be an amount per hour such as \"50.00\"");
    rule.rate = money.value_or(domain::Money{0, rates.currency});
    if (const auto hours = reader.decimal("hours")) {
      rule.hours = domain::Decimal::parse(*hours);
      if (!rule.hours || *rule.hours > domain::Decimal::from_scaled(1000 * domain::Decimal::scale))
        reader.fault("hours", "must be hours such as 5 or \"2.25\"");
    }
    reader.finish();
    rates.pay[domain::Role(role)] = rule;
  }
}

void read_fees(TomlReader& top, std::vector<Fault>& faults, domain::Rates& rates) {
  constexpr std::string_view ending = "_percent";
  const toml::table* fees = top.table("fees");
  if (!fees) return;
  TomlReader reader(*fees, faults, "fees");
  for (const std::string& key : reader.keys()) {
    const auto percent = domain::Decimal::parse(reader.decimal(key).value_or(""));
    const bool named = key.size() > ending.size() && key.ends_with(ending);
    if (!named) reader.fault(key, "must end in _percent, such as port_tax_percent");
    if (!percent || percent->scaled() > 100 * domain::Decimal::scale)
      reader.fault(key, "must be a percentage such as \"18\" or \"8.875\"");
    if (named && percent)
      rates.fees.push_back({key.substr(0, key.size() - ending.size()), *percent});
  }
  if (rates.fees.size() > fees_max) top.fault("fees", "at most 10 fees");
}

domain::Currency read_currency(TomlReader& top) {
  const std::string code = top.required_text("currency");
  const auto currency = domain::Currency::parse(code);
  if (!currency && !code.empty()) top.fault("currency", "must be an ISO 4217 code such as USD");
  return currency.value_or(domain::Currency());
}

}  // namespace

Result<app::TenantFile> read_tenant_file(const std::string& text) {
  if (text.size() > tenant_file_bytes_max) return base::invalid("line 1", "the file is over 1 MiB");
  const toml::table table = TRY(parse_toml(text));
  std::vector<Fault> faults;
  TomlReader top(table, faults);
  app::TenantFile file;
  Tenant& tenant = file.tenant;
  tenant.id = domain::TenantId(top.required_handle("tenant"));
  tenant.name = top.required_text("name", 80);
  tenant.zone = top.required_text("timezone");
  if (!tenant.zone.empty() && !base::is_zone(tenant.zone))
    top.fault("timezone", "is no IANA time zone such as America/Los_Angeles");
  file.rates.currency = read_currency(top);
  tenant.currency = file.rates.currency.code();
  read_sites(top, faults, tenant);
  read_mail(top, faults, tenant);
  read_fleet(top, faults, tenant);
  read_pay(top, faults, file.rates);
  read_fees(top, faults, file.rates);
  read_uploads(top, faults, tenant);
  read_checklists(top, faults, tenant);
  read_call(top, faults, tenant);
  read_reminders(top, faults, tenant);
  top.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return file;
}

}  // namespace fairlead
