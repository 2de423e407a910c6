#include "doctor.h"

#include <iostream>

#include "commands.h"
#include "wiring.h"

namespace fairlead {

namespace {

int failures = 0;

void say(const char* what, const base::Result<void>& result, const std::string& fine = "ok") {
  if (result) {
    std::cout << what << ": " << fine << '\n';
    return;
  }
  ++failures;
  std::cout << what << ": WRONG: " << result.error().message << '\n';
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

}  // namespace

int doctor_command(const std::filesystem::path& data) {
  say("clock", check_clock(data));
  auto machine = Machine::open(data);
  if (!machine) return report(machine.error());
  say("time zones", base::ok());
  say("settings", base::ok(), "ok, links start with " + (*machine)->config().public_url);
  say("storage", check_storage(**machine));
  const std::string& smtp = (*machine)->config().mail.smtp;
  say("mail", (*machine)->check_mail(),
      smtp.empty() ? "ok, no mail server: mails land in maildrop/" : "ok, " + smtp);
  return failures == 0 ? 0 : 1;
}

}  // namespace fairlead
