// fairlead: one binary, one command a run.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "control.h"
#include "doctor_road.h"
#include "lambda.h"
#include "serve.h"

namespace {

constexpr int wrong_usage = 2;

struct Arguments {
  std::string data = "./data";
  fairlead::Command command;
  std::string file;
  std::string role;
  std::string url;
  bool json = false;
  fairlead::ServeOptions serve{{}, "127.0.0.1:8080", "127.0.0.1:0"};
};

CLI::App* add_command(CLI::App& parent, Arguments& arguments, const std::string& name,
                      const std::string& description) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->add_option("--data", arguments.data, "the data folder (or $FAIRLEAD_DATA)")
      ->capture_default_str();
  return command;
}

// When it was parsed, the command runs on the data folder, or in the server that has it.
void run_when_chosen(CLI::App* command, Arguments& arguments, const std::string& name,
                     int& exit_code) {
  command->callback([&, name] {
    arguments.command.name = name;
    if (arguments.json) arguments.command.output = fairlead::Output::json;
    exit_code = fairlead::execute(arguments.data, arguments.command, arguments.file);
  });
}

void add_tenant_commands(CLI::App& app, Arguments& arguments, int& exit_code) {
  std::string& subject = arguments.command.subject;
  CLI::App* tenant = app.add_subcommand("tenant", "create, change and look at tenants");
  tenant->require_subcommand(1);
  CLI::App* apply =
      add_command(*tenant, arguments, "apply", "create or update a tenant from its file");
  apply->add_option("FILE", arguments.file, "the tenant file (TOML)")->required();
  apply->add_flag("--json", arguments.json, "print JSON");
  run_when_chosen(apply, arguments, "tenant apply", exit_code);
  CLI::App* list = add_command(*tenant, arguments, "list", "the tenants, a line each");
  run_when_chosen(list, arguments, "tenant list", exit_code);
  CLI::App* show =
      add_command(*tenant, arguments, "show", "one tenant as JSON, without secrets and rates");
  show->add_option("NAME", subject)->required();
  run_when_chosen(show, arguments, "tenant show", exit_code);
  CLI::App* rotate =
      add_command(*tenant, arguments, "rotate", "a new secret; the one before stays valid");
  rotate->add_option("NAME", subject)->required();
  rotate->add_option("KIND", arguments.command.kind, "dashboard-token or service-key")
      ->required()
      ->check(CLI::IsMember({"dashboard-token", "service-key"}));
  run_when_chosen(rotate, arguments, "tenant rotate", exit_code);
}

void add_charter_commands(CLI::App& app, Arguments& arguments, int& exit_code) {
  std::string& subject = arguments.command.subject;
  CLI::App* book = add_command(app, arguments, "book", "take a booking, as POST /bookings does");
  book->add_option("FILE", arguments.file, "the booking (JSON)")->required();
  book->add_option("--tenant", subject, "whose booking")->required();
  book->add_flag("--json", arguments.json, "print JSON");
  run_when_chosen(book, arguments, "book", exit_code);
  CLI::App* receipt = add_command(app, arguments, "receipt", "what a charter caused");
  receipt->add_option("CHARTER", subject)->required();
  receipt->add_flag("--json", arguments.json, "print JSON");
  run_when_chosen(receipt, arguments, "receipt", exit_code);
  CLI::App* drift = add_command(app, arguments, "drift",
                                "hold every page, mail, calendar entry and settlement against its "
                                "charter, as each night; renew what is stale");
  drift->add_option("TENANT", subject)->required();
  drift->add_flag("--json", arguments.json, "print JSON");
  run_when_chosen(drift, arguments, "drift", exit_code);
  CLI::App* replay = add_command(app, arguments, "replay", "run one job of a receipt again");
  replay->add_option("JOB", subject)->required();
  run_when_chosen(replay, arguments, "replay", exit_code);
}

void add_server_commands(CLI::App& app, Arguments& arguments, int& exit_code) {
  CLI::App* serve = add_command(app, arguments, "serve", "run the server");
  serve->add_option("--listen", arguments.serve.listen, "address and port; port 0 picks one")
      ->capture_default_str();
  serve->add_option("--admin", arguments.serve.admin, "address and port of the admin listener")
      ->capture_default_str();
  serve->callback([&] {
    arguments.serve.data = arguments.data;
    exit_code = fairlead::serve_command(arguments.serve);
  });
  CLI::App* lambda = app.add_subcommand("lambda", "one role of a function of AWS Lambda");
  lambda->add_option("ROLE", arguments.role, "ops, crew, worker, notifier or photos ($_HANDLER)");
  lambda->callback([&] { exit_code = fairlead::lambda_command(arguments.role); });
  CLI::App* doctor =
      add_command(app, arguments, "doctor", "check settings, storage, mail, clock and time zones");
  doctor->add_option("--url", arguments.url,
                     "instead: what the road to the site at this address eats");
  doctor->callback([&] {
    arguments.command.name = "doctor";
    exit_code = arguments.url.empty() ? fairlead::execute(arguments.data, arguments.command, {})
                                      : fairlead::print(fairlead::examine_road(arguments.url));
  });
}

// The platform starts the package's "bootstrap", and its emulator adds the handler's name.
bool is_function(int argc, char** argv) {
  if (!fairlead::is_started_by_lambda()) return false;
  return argc == 1 || std::string_view(argv[0]).ends_with("bootstrap");
}

int run(int argc, char** argv) {
  if (is_function(argc, argv)) return fairlead::lambda_command({});
  CLI::App app{"fairlead: one charter booking becomes everything it has to be"};
  app.require_subcommand(1);
  app.set_version_flag("--version", FAIRLEAD_VERSION);
  Arguments arguments;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread runs yet
  if (const char* data = std::getenv("FAIRLEAD_DATA"); data && *data) arguments.data = data;
  int exit_code = 0;
  add_server_commands(app, arguments, exit_code);
  add_tenant_commands(app, arguments, exit_code);
  add_charter_commands(app, arguments, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : wrong_usage;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  // What is thrown here was thrown by a library that ran out of memory.
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    static_cast<void>(std::fprintf(stderr, "fairlead: %s\n", error.what()));
  } catch (...) {
    static_cast<void>(std::fputs("fairlead: an unknown failure\n", stderr));
  }
  return 1;
}
