#include "commands.h"

#include <iostream>
#include <map>
#include <thread>

#include "app/check_drift.h"
#include "app/drift.h"
#include "app/job_record.h"
#include "app/look_again.h"
#include "app/receipt.h"
#include "app/replay_job.h"
#include "app/republish_pages.h"
#include "app/rotate_credential.h"
#include "app/run_job.h"
#include "app/tenant_record.h"

#include "web/booking_json.h"
#include "web/receipt_json.h"

#include "doctor.h"
#include "tenant_file.h"
#include "wiring.h"

namespace fairlead {

namespace json = base::json;
using base::Result;

namespace {

// A mail server may keep one try waiting for nearly as long (wiring.cpp).
constexpr std::chrono::seconds replay_wait{40};
constexpr std::chrono::milliseconds replay_look{50};

Said done(std::string line) {
  line += '\n';
  return {std::move(line), {}, 0};
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

Result<app::Loaded<domain::Tenant>> known_tenant(const Machine& machine, const std::string& name) {
  return app::load_tenant(machine.installation().operations(domain::TenantId(name)));
}

std::string receipt_line(const domain::Job& job) {
  std::string line(domain::name_of(job.state));
  line.append("  ").append(domain::name_of(job.kind)).append("  to ").append(job.to);
  line.append("  due ").append(base::format_utc(job.due_at)).append("  ").append(job.id.text());
  if (!job.last_error.empty()) line.append("  (").append(job.last_error).append(")");
  return line + "\n";
}

std::string artefact_line(const domain::Artefact& artefact) {
  const bool is_stale = artefact.state == domain::ArtefactState::stale;
  std::string line(is_stale ? "STALE" : domain::name_of(artefact.state));
  line.append("  ").append(domain::name_of(artefact.kind)).append("  ").append(artefact.to);
  line.append("  of revision ").append(std::to_string(artefact.rendered));
  if (!artefact.reason.empty()) line.append("  (").append(artefact.reason).append(")");
  return line + "\n";
}

std::string seat_line(const app::SeatStatus& seat) {
  const std::string who = seat.name.empty() ? "nobody" : seat.name;
  return std::string(app::name_of(seat.state)) + "  seat  " + seat.role.text() + ": " + who + "\n";
}

std::string ask_line(const app::AskStatus& one) {
  return std::string(domain::name_of(one.ask.state)) + "  ask  " + one.ask.role.text() + ": " +
         one.name + ", asked " + base::format_utc(one.ask.asked_at) + ", until " +
         base::format_utc(one.ask.until) + "\n";
}

Result<Said> apply_tenant(const Machine& machine, const Command& command) {
  const app::TenantFile wanted = TRY(read_tenant_file(command.file));
  const auto applied = TRY(app::apply_tenant(*machine.owners(), machine.world(), wanted));
  // Pages that lie in a bucket are not rendered when they are asked for.
  const bool lie_outside = machine.config().objects.engine == ObjectsConfig::Engine::s3;
  if (lie_outside && applied.outcome == app::AppliedTenant::Outcome::updated)
    TRY(app::republish_pages(machine.installation().operations(applied.tenant), machine.world(),
                             "command line"));
  if (applied.outcome == app::AppliedTenant::Outcome::updated)
    TRY(app::look_again(machine.installation().operations(applied.tenant), machine.world()));
  if (command.output == Output::json) {
    json::object body{{"tenant", applied.tenant.text()}, {"outcome", word_for(applied.outcome)}};
    if (!applied.dashboard_token.empty()) body["dashboard_token"] = applied.dashboard_token;
    if (!applied.service_key.empty()) body["service_key"] = applied.service_key;
    return done(base::to_text(body));
  }
  std::string text = "tenant " + applied.tenant.text() + " " + word_for(applied.outcome);
  if (!applied.dashboard_token.empty())
    text += "\ndashboard token (shown once): " + applied.dashboard_token;
  if (!applied.service_key.empty()) text += "\nservice key (shown once): " + applied.service_key;
  return done(std::move(text));
}

Result<Said> list_tenants(const Machine& machine, const Command&) {
  Said answer;
  for (const domain::TenantId& tenant : TRY(machine.installation().tenants()))
    answer.out += tenant.text() + "\n";
  return answer;
}

Result<Said> show_tenant(const Machine& machine, const Command& command) {
  return done(app::encoded(TRY(known_tenant(machine, command.subject)).value));
}

Result<Said> rotate(const Machine& machine, const Command& command) {
  const auto tenant = TRY(known_tenant(machine, command.subject));
  const auto kind = app::credential_kind_from(command.kind);
  if (!kind) return base::invalid("KIND", "must be dashboard-token or service-key");
  return done(TRY(
      app::rotate_credential(machine.owners()->owner(tenant.value.id), machine.world(), *kind)));
}

Result<Said> book(const Machine& machine, const Command& command) {
  app::BookingRequest request = TRY(web::read_booking(command.file));
  request.actor = "command line";
  TRY(known_tenant(machine, command.subject));
  const auto store = machine.owners()->owner(domain::TenantId(command.subject));
  domain::Charter charter;
  auto answer =
      TRY(app::take_booking(store, machine.world(), request, [&](const app::TakenBooking& taken) {
        charter = taken.charter;
        return web::write_booking(machine.world(), taken);
      }));
  if (command.output == Output::json) return done(std::move(answer.body));
  return done("charter " + charter.id.text() + " on " + base::format_wall(charter.starts.wall) +
              " " + charter.starts.zone + "\nguest page " + charter.slug.text() +
              ".html\nmails and pages leave as soon as the server runs");
}

Result<Said> receipt(const Machine& machine, const Command& command) {
  const domain::CharterId id(command.subject);
  const auto tenant = domain::tenant_of(id);
  if (!tenant) return base::not_found("There is no charter '" + command.subject + "'");
  const auto store = machine.owners()->owner(*tenant);
  const auto receipt = TRY(app::receipt_of(store, machine.world(), id));
  if (command.output == Output::json) return done(base::to_text(web::receipt_json(receipt)));
  Said answer;
  for (const domain::Job& job : receipt.jobs) answer.out += receipt_line(job);
  for (const domain::Artefact& artefact : receipt.artefacts) answer.out += artefact_line(artefact);
  for (const app::SeatStatus& seat : receipt.call.seats) answer.out += seat_line(seat);
  for (const app::AskStatus& one : receipt.call.asks) answer.out += ask_line(one);
  return answer;
}

// The nightly check, now.
Result<Said> drift(const Machine& machine, const Command& command) {
  TRY(known_tenant(machine, command.subject));
  const auto store = machine.owners()->owner(domain::TenantId(command.subject));
  const auto report = TRY(app::check_drift(store, machine.world(), [] { return true; }));
  const int exit_code = report.stale > 0 ? 1 : 0;
  if (command.output == Output::json)
    return Said{base::to_text(web::report_json(report)) + "\n", {}, exit_code};
  Said answer =
      done(std::to_string(report.charters) + " charters, " + std::to_string(report.artefacts) +
           " artefacts, " + std::to_string(report.stale) + " stale");
  for (const app::Finding& finding : report.findings)
    answer.out += finding.charter.text() + "  " + artefact_line(finding.artefact);
  answer.exit_code = exit_code;
  return answer;
}

bool is_settled(const domain::Job& job) {
  return job.state != domain::JobState::planned || !job.last_error.empty();
}

// The job as it stands after its try. Beside a running server the ticker may have taken it first;
// then its end is waited for.
Result<domain::Job> tried(const Machine& machine, const ports::TenantStore& store,
                          const domain::JobId& id) {
  const auto give_up = std::chrono::steady_clock::now() + replay_wait;
  const app::RunResult ran = TRY(app::run_job(machine.desk(), id));
  for (;;) {
    const auto job = TRY(app::load_job(store, id));
    if (!job) return base::not_found("There is no job '" + id.text() + "'");
    const bool ours = ran != app::RunResult::not_due;
    if (ours || is_settled(job->value) || std::chrono::steady_clock::now() > give_up)
      return job->value;
    std::this_thread::sleep_for(replay_look);
  }
}

Result<Said> replay(const Machine& machine, const Command& command) {
  const domain::JobId id(command.subject);
  const auto tenant = domain::tenant_of(id);
  if (!tenant) return base::not_found("There is no job '" + command.subject + "'");
  const auto store = machine.installation().operations(*tenant);
  TRY(app::replay_job(store, machine.world(), id, "command line"));
  const domain::Job job = TRY(tried(machine, store, id));
  const bool failed = job.state == domain::JobState::failed || !job.last_error.empty();
  return Said{receipt_line(job), {}, failed ? 1 : 0};
}

Result<Said> doctor(const Machine& machine, const Command&) {
  return examine(machine);
}

}  // namespace

Said run_command(const Machine& machine, const Command& command) {
  static const std::map<std::string, Result<Said> (*)(const Machine&, const Command&)> commands = {
      {"tenant apply", apply_tenant},
      {"tenant list", list_tenants},
      {"tenant show", show_tenant},
      {"tenant rotate", rotate},
      {"book", book},
      {"receipt", receipt},
      {"drift", drift},
      {"replay", replay},
      {"doctor", doctor}};
  const auto found = commands.find(command.name);
  if (found == commands.end())
    return {{}, "fairlead: there is no command '" + command.name + "'\n", 2};
  auto answer = found->second(machine, command);
  return answer ? std::move(answer).value() : said(answer.error());
}

Said said(const base::Error& error) {
  Said answer{{}, {}, error.code == wrong_settings ? 3 : 1};
  if (error.faults.empty()) answer.err = "fairlead: " + error.message + "\n";
  for (const base::Fault& fault : error.faults)
    answer.err += "fairlead: " + fault.field + ": " + fault.message + "\n";
  return answer;
}

int report(const base::Error& error) {
  const Said answer = said(error);
  std::cerr << answer.err;
  return answer.exit_code;
}

}  // namespace fairlead
