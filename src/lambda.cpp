#include "lambda.h"

#include <csignal>

#include "base/log.h"

#include "net/aws_credentials.h"

#include "transports/lambda_http.h"
#include "transports/lambda_runtime.h"
#include "web/router.h"

#include "aws_wiring.h"
#include "commands.h"
#include "lambda_worker.h"

namespace fairlead {

namespace json = base::json;
using base::Result;
using net::environment_variable;
using std::chrono::steady_clock;

namespace {

// Of the time a function has, what is kept for telling the platform how it went.
constexpr std::chrono::milliseconds kept_for_the_answer{500};
// Guests' pages come from the bucket; this is for the few that are asked for here.
constexpr std::size_t pages_in_memory_max = 16;
constexpr std::chrono::seconds page_age_max{1};

struct Role {
  const char* name;
  enum class Kind { ops, crew, worker, notifier, photos } kind;
  bool needs_books, needs_objects, needs_mail, needs_key;
};
constexpr Role roles[] = {
    {"ops", Role::Kind::ops, true, true, false, true},
    {"crew", Role::Kind::crew, false, true, false, true},
    {"worker", Role::Kind::worker, true, true, true, true},
    {"notifier", Role::Kind::notifier, false, false, true, true},
    {"photos", Role::Kind::photos, false, true, false, false},
};

Result<Role> role_named(const std::string& name) {
  for (const Role& role : roles)
    if (role.name == name) return role;
  return base::invalid("role", "must be ops, crew, worker, notifier or photos, not '" + name + "'");
}

base::Error lacking(const char* setting, const Role& role) {
  base::Error error = base::invalid(setting, std::string("is needed by the role ") + role.name);
  error.code = wrong_settings;
  return error;
}

// A role that shall not reach owner-only records is not opened with their name in its settings.
Result<void> check(const Config& config, const Role& role) {
  if (role.needs_books && config.store.owner_only.empty()) return lacking("store.owner_only", role);
  if (!role.needs_books && !config.store.owner_only.empty())
    return base::invalid("store.owner_only",
                         std::string("must not be known to the role ") + role.name);
  if (role.needs_objects && config.objects.engine != ObjectsConfig::Engine::s3)
    return lacking("objects.engine", role);
  if (role.needs_mail && config.mail.engine != MailConfig::Engine::ses)
    return lacking("mail.engine", role);
  if (role.needs_key && config.secrets.server_key.empty())
    return lacking("secrets.server_key", role);
  if (role.kind == Role::Kind::worker && config.topic.arn.empty())
    return lacking("topic.arn", role);
  return {};
}

Result<std::unique_ptr<Machine>> open_machine(const Role& role) {
  Config config = TRY(parse_config(environment_variable("FAIRLEAD_SETTINGS")));
  TRY(check(config, role));
  return Machine::open_on_aws(std::move(config));
}

// The platform's clock is the wall's; ours for waiting is not.
steady_clock::time_point end_of(const transports::LambdaEvent& event) {
  return steady_clock::now() + (event.deadline - std::chrono::system_clock::now()) -
         kept_for_the_answer;
}

using Handler = transports::LambdaRuntime::Handler;

// Requests: the owner's site, or the crew's and guests'.
class Site {
 public:
  Site(const Machine& machine, transports::EdgeTrust trust)
      : pages_(pages_in_memory_max, page_age_max),
        router_(tenancy_of(machine), machine.world(), pages_, options_of(machine)),
        trust_(std::move(trust)) {}

  Result<std::string> handle(const json::object& event) {
    if (!transports::is_http_event(event)) return base::malformed("an event that is no request");
    return transports::answer_http(router_, event, trust_);
  }

 private:
  static app::Tenancy tenancy_of(const Machine& machine) {
    return machine.owners() ? app::Tenancy(*machine.owners())
                            : app::Tenancy(machine.installation());
  }
  static web::RouterOptions options_of(const Machine& machine) {
    return {{},
            machine.config().api_hosts,
            machine.owners() ? web::Serving::owners : web::Serving::crew_and_guests};
  }

  web::PageCache pages_;
  web::Router router_;
  transports::EdgeTrust trust_;
};

int run(transports::LambdaRuntime& runtime,
        const std::function<Result<std::string>(const json::object&, steady_clock::time_point)>&
            handle) {
  const auto ended = runtime.run([&](const transports::LambdaEvent& event) -> Result<std::string> {
    const auto end = end_of(event);
    end_calls_by(end);
    return handle(TRY(base::parse_json_object(event.body)), end);
  });
  return ended ? 0 : report(ended.error());
}

int serve_requests(transports::LambdaRuntime& runtime, const Machine& machine) {
  auto secrets = read_edge_secrets(machine.config(), *machine.world().clock);
  if (!secrets) {
    runtime.report_start_failure(secrets.error());
    return report(secrets.error());
  }
  Site site(machine, {std::move(secrets).value()});
  return run(runtime, [&](const json::object& event, auto) { return site.handle(event); });
}

// Each role has what its own events need, and no more.
bool is_for(Role::Kind role, const transports::Event& event) {
  switch (role) {
    case Role::Kind::worker:
      return std::holds_alternative<transports::StreamEvent>(event) ||
             std::holds_alternative<transports::ClockEvent>(event);
    case Role::Kind::notifier:
      return std::holds_alternative<transports::TopicEvent>(event);
    case Role::Kind::photos:
      return std::holds_alternative<transports::BucketEvent>(event);
    case Role::Kind::ops:
    case Role::Kind::crew:
      break;
  }
  return false;
}

int serve_events(transports::LambdaRuntime& runtime, Machine& machine, Role::Kind role) {
  LambdaWorker worker(machine);
  return run(runtime, [&](const json::object& body, steady_clock::time_point end) {
    worker.begin(end);
    auto event = transports::event_from(body);
    if (!event) return Result<std::string>(std::move(event).error());
    if (!is_for(role, *event))
      return Result<std::string>(base::malformed("an event that is not for this role"));
    return std::visit([&](const auto& one) { return worker.handle(one); }, *event);
  });
}

}  // namespace

bool is_started_by_lambda() {
  return !environment_variable("AWS_LAMBDA_RUNTIME_API").empty();
}

int lambda_command(const std::string& name) {
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  auto runtime =
      COMMAND_TRY(transports::LambdaRuntime::at(environment_variable("AWS_LAMBDA_RUNTIME_API")));
  const auto role = role_named(name.empty() ? environment_variable("_HANDLER") : name);
  auto machine = role ? open_machine(*role) : Result<std::unique_ptr<Machine>>(role.error());
  if (!machine) {
    runtime.report_start_failure(machine.error());
    return report(machine.error());
  }
  const bool asked = role->kind == Role::Kind::ops || role->kind == Role::Kind::crew;
  return asked ? serve_requests(runtime, **machine) : serve_events(runtime, **machine, role->kind);
}

}  // namespace fairlead
