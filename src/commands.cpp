#include "commands.h"

#include <iostream>

#include "app/receipt.h"
#include "app/replay_job.h"
#include "app/rotate_credential.h"
#include "app/run_job.h"
#include "app/tenant_record.h"

#include "web/booking_json.h"
#include "web/charter_json.h"

#include "tenant_file.h"
#include "wiring.h"

namespace fairlead {

namespace json = base::json;

namespace {

constexpr std::size_t booking_bytes_max = 1024 * 1024;

void print(const json::value& value) {
  std::cout << base::to_text(value) << '\n';
}

const char* word_for(app::AppliedTenant::Outcome outcome) {
  switch (outcome) {
    case app::AppliedTenant::Outcome::created:
      return "created";
    case app::AppliedTenant::Outcome::updated:
      return "updated";
    case app::AppliedTenant::Outcome::unchanged:
      return "unchanged";
  }
  return "";
}

base::Result<app::Loaded<domain::Tenant>> known_tenant(const Machine& machine,
                                                       const std::string& name) {
  return app::load_tenant(machine.installation().operations(domain::TenantId(name)));
}

void print_receipt(const std::vector<domain::Job>& jobs) {
  for (const domain::Job& job : jobs)
    std::cout << domain::name_of(job.state) << "  " << domain::name_of(job.kind) << "  to "
              << job.to << "  due " << base::format_utc(job.due_at) << "  " << job.id.text()
              << (job.last_error.empty() ? "" : "  (" + job.last_error + ")") << '\n';
}

}  // namespace

int report(const base::Error& error) {
  if (error.faults.empty()) std::cerr << "fairlead: " << error.message << '\n';
  for (const base::Fault& fault : error.faults)
    std::cerr << "fairlead: " << fault.field << ": " << fault.message << '\n';
  return error.code == wrong_settings ? 3 : 1;
}

int apply_tenant_command(const std::filesystem::path& data, const std::string& file,
                         Output output) {
  const std::string text = COMMAND_TRY(read_text_file(file, tenant_file_bytes_max));
  const app::TenantFile wanted = COMMAND_TRY(read_tenant_file(text));
  const auto machine = COMMAND_TRY(Machine::open(data));
  const auto applied =
      COMMAND_TRY(app::apply_tenant(machine->installation(), machine->world(), wanted));
  if (output == Output::json) {
    json::object body{{"tenant", applied.tenant.text()}, {"outcome", word_for(applied.outcome)}};
    if (!applied.dashboard_token.empty()) body["dashboard_token"] = applied.dashboard_token;
    if (!applied.service_key.empty()) body["service_key"] = applied.service_key;
    print(body);
    return 0;
  }
  std::cout << "tenant " << applied.tenant.text() << " " << word_for(applied.outcome) << '\n';
  if (!applied.dashboard_token.empty())
    std::cout << "dashboard token (shown once): " << applied.dashboard_token << '\n';
  if (!applied.service_key.empty())
    std::cout << "service key (shown once): " << applied.service_key << '\n';
  return 0;
}

int list_tenants_command(const std::filesystem::path& data) {
  const auto machine = COMMAND_TRY(Machine::open(data));
  for (const domain::TenantId& tenant : COMMAND_TRY(machine->installation().tenants()))
    std::cout << tenant.text() << '\n';
  return 0;
}

int show_tenant_command(const std::filesystem::path& data, const std::string& name) {
  const auto machine = COMMAND_TRY(Machine::open(data));
  const auto tenant = COMMAND_TRY(known_tenant(*machine, name));
  std::cout << app::encoded(tenant.value) << '\n';
  return 0;
}

int rotate_command(const std::filesystem::path& data, const std::string& name,
                   const std::string& kind) {
  const auto machine = COMMAND_TRY(Machine::open(data));
  const auto tenant = COMMAND_TRY(known_tenant(*machine, name));
  const auto token =
      COMMAND_TRY(app::rotate_credential(machine->installation().owner(tenant.value.id),
                                         machine->world(), *app::credential_kind_from(kind)));
  std::cout << token << '\n';
  return 0;
}

int book_command(const std::filesystem::path& data, const std::string& file,
                 const std::string& tenant, Output output) {
  const std::string text = COMMAND_TRY(read_text_file(file, booking_bytes_max));
  app::BookingRequest request = COMMAND_TRY(web::read_booking(text));
  request.actor = "command line";
  const auto machine = COMMAND_TRY(Machine::open(data));
  COMMAND_TRY(known_tenant(*machine, tenant));
  const auto store = machine->installation().owner(domain::TenantId(tenant));
  domain::Charter charter;
  const auto answer = COMMAND_TRY(
      app::take_booking(store, machine->world(), request, [&](const app::TakenBooking& taken) {
        charter = taken.charter;
        return web::write_booking(machine->world(), taken);
      }));
  if (output == Output::json) {
    std::cout << answer.body << '\n';
    return 0;
  }
  std::cout << "charter " << charter.id.text() << " on " << base::format_wall(charter.starts.wall)
            << " " << charter.starts.zone << '\n'
            << "guest page " << charter.slug.text() << ".html\n"
            << "mails and pages leave as soon as the server runs\n";
  return 0;
}

int receipt_command(const std::filesystem::path& data, const std::string& charter, Output output) {
  const domain::CharterId id(charter);
  const auto tenant = domain::tenant_of(id);
  if (!tenant) return report(base::not_found("There is no charter '" + charter + "'"));
  const auto machine = COMMAND_TRY(Machine::open(data));
  const auto jobs = COMMAND_TRY(app::receipt_of(machine->installation().operations(*tenant), id));
  if (output == Output::json)
    print(json::object{{"receipt", web::receipt_json(jobs)}});
  else
    print_receipt(jobs);
  return 0;
}

int replay_command(const std::filesystem::path& data, const std::string& job) {
  const domain::JobId id(job);
  const auto tenant = domain::tenant_of(id);
  if (!tenant) return report(base::not_found("There is no job '" + job + "'"));
  const auto machine = COMMAND_TRY(Machine::open(data));
  const auto store = machine->installation().operations(*tenant);
  const auto again = COMMAND_TRY(app::replay_job(store, machine->world(), id, "command line"));
  COMMAND_TRY(app::run_job(machine->desk(), id));
  const auto jobs = COMMAND_TRY(app::receipt_of(store, again.charter));
  for (const domain::Job& one : jobs)
    if (one.id == id) {
      print_receipt({one});
      return one.state == domain::JobState::failed || !one.last_error.empty() ? 1 : 0;
    }
  return 0;
}

}  // namespace fairlead
