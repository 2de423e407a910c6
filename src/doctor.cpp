#include "doctor.h"

#include "app/tenant_record.h"

#include "wiring.h"

namespace fairlead {

namespace {

void add(Said& said, const char* what, const base::Result<void>& result,
         const std::string& fine = "ok") {
  said.out += what;
  said.out += ": " + (result ? fine : "WRONG: " + result.error().message) + "\n";
  if (!result) said.exit_code = 1;
}

// A clock that runs behind the data it wrote earlier would sign and expire wrongly.
base::Result<void> check_clock(const std::filesystem::path& data) {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(data / "fairlead.db", error);
  if (error) return {};
  const auto ahead = written - std::filesystem::file_time_type::clock::now();
  if (ahead > std::chrono::minutes(1))
    return base::invalid("clock", "the data was written in the future; set the clock");
  return {};
}

base::Result<void> check_storage(const Machine& machine) {
  // A tenant id that no file can have, so that the probe meets nobody's records.
  const auto store = machine.installation().operations(domain::TenantId("@doctor"));
  const ports::Place place{"probe", "probe"};
  const auto before = TRY(store.get(place));
  auto put = store.changes();
  put.put(place, before ? before->version : ports::absent, "{}");
  TRY(store.commit(put));
  auto remove = store.changes();
  remove.remove(place, (before ? before->version : ports::absent) + 1);
  return store.commit(remove);
}

// Where the first vessel with a position lies, and its tide station; else San Diego.
domain::Vessel some_vessel(const Machine& machine) {
  domain::Vessel some;
  some.latitude = 32.7143;
  some.longitude = -117.1743;
  some.tide_station = "9410170";
  const auto tenants = machine.installation().tenants();
  if (!tenants) return some;
  for (const domain::TenantId& id : *tenants) {
    const auto tenant = app::load_tenant(machine.installation().operations(id));
    if (!tenant) continue;
    for (const domain::Vessel& vessel : tenant->value.vessels) {
      if (!vessel.latitude || !vessel.longitude) continue;
      if (!vessel.tide_station.empty()) some.tide_station = vessel.tide_station;
      some.latitude = vessel.latitude;
      some.longitude = vessel.longitude;
      return some;
    }
  }
  return some;
}

// Tried as they are; what they say is no fault of this machine, and changes no exit code.
void try_forecasts(Said& said, const Machine& machine) {
  const app::JobDesk& desk = machine.desk();
  if (!desk.forecasts || !desk.tides) {
    add(said, "forecasts", base::ok(), "off");
    return;
  }
  const domain::Vessel vessel = some_vessel(machine);
  add(said, "forecasts", base::ok(),
      probe_forecasts(*desk.forecasts, *vessel.latitude, *vessel.longitude));
  add(said, "tides", base::ok(),
      probe_tides(*desk.tides, vessel.tide_station, machine.world().now()));
}

}  // namespace

Said examine(const Machine& machine) {
  Said said;
  add(said, "clock", check_clock(machine.folder()));
  // Without zone data, or with wrong settings, there would be no machine.
  add(said, "time zones", base::ok());
  add(said, "settings", base::ok(), "ok, links start with " + machine.config().public_url);
  add(said, "storage", check_storage(machine));
  const std::string& smtp = machine.config().mail.smtp;
  add(said, "mail", machine.check_mail(),
      smtp.empty() ? "ok, no mail server: mails land in maildrop/" : "ok, " + smtp);
  try_forecasts(said, machine);
  return said;
}

}  // namespace fairlead
