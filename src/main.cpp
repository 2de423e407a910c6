// fairlead: one binary, one command a run.
#include <cstdlib>

#include <CLI/CLI.hpp>

#include "commands.h"
#include "doctor.h"
#include "serve.h"

namespace {

constexpr int wrong_usage = 2;

struct Arguments {
  std::string data = "./data";
  std::string file, tenant, name, kind, charter, job;
  bool json = false;
  fairlead::ServeOptions serve{{}, "127.0.0.1:8080", "127.0.0.1:0"};

  fairlead::Output output() const { return json ? fairlead::Output::json : fairlead::Output::text; }
};

CLI::App* add_command(CLI::App& parent, Arguments& arguments, const std::string& name,
                      const std::string& description) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->add_option("--data", arguments.data, "the data folder (or $FAIRLEAD_DATA)")
      ->capture_default_str();
  return command;
}

void add_tenant_commands(CLI::App& app, Arguments& arguments, int& exit_code) {
  CLI::App* tenant = app.add_subcommand("tenant", "create, change and look at tenants");
  tenant->require_subcommand(1);
  CLI::App* apply =
      add_command(*tenant, arguments, "apply", "create or update a tenant from its file");
  apply->add_option("FILE", arguments.file, "the tenant file (TOML)")->required();
  apply->add_flag("--json", arguments.json, "print JSON");
  apply->callback([&] {
    exit_code = fairlead::apply_tenant_command(arguments.data, arguments.file, arguments.output());
  });
  add_command(*tenant, arguments, "list", "the tenants, a line each")->callback([&] {
    exit_code = fairlead::list_tenants_command(arguments.data);
  });
  CLI::App* show =
      add_command(*tenant, arguments, "show", "one tenant as JSON, without secrets and rates");
  show->add_option("NAME", arguments.name)->required();
  show->callback(
      [&] { exit_code = fairlead::show_tenant_command(arguments.data, arguments.name); });
  CLI::App* rotate =
      add_command(*tenant, arguments, "rotate", "a new secret; the one before stays valid");
  rotate->add_option("NAME", arguments.name)->required();
  rotate->add_option("KIND", arguments.kind, "dashboard-token or service-key")
      ->required()
      ->check(CLI::IsMember({"dashboard-token", "service-key"}));
  rotate->callback([&] {
    exit_code = fairlead::rotate_command(arguments.data, arguments.name, arguments.kind);
  });
}

void add_charter_commands(CLI::App& app, Arguments& arguments, int& exit_code) {
  CLI::App* book = add_command(app, arguments, "book", "take a booking, as POST /bookings does");
  book->add_option("FILE", arguments.file, "the booking (JSON)")->required();
  book->add_option("--tenant", arguments.tenant, "whose booking")->required();
  book->add_flag("--json", arguments.json, "print JSON");
  book->callback([&] {
    exit_code = fairlead::book_command(arguments.data, arguments.file, arguments.tenant,
                                       arguments.output());
  });
  CLI::App* receipt = add_command(app, arguments, "receipt", "what a charter caused");
  receipt->add_option("CHARTER", arguments.charter)->required();
  receipt->add_flag("--json", arguments.json, "print JSON");
  receipt->callback([&] {
    exit_code = fairlead::receipt_command(arguments.data, arguments.charter, arguments.output());
  });
  CLI::App* replay = add_command(app, arguments, "replay", "run one job of a receipt again");
  replay->add_option("JOB", arguments.job)->required();
  replay->callback([&] { exit_code = fairlead::replay_command(arguments.data, arguments.job); });
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
  add_command(app, arguments, "doctor", "check settings, storage, mail, clock and time zones")
      ->callback([&] { exit_code = fairlead::doctor_command(arguments.data); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"fairlead: one charter booking becomes everything it has to be"};
  app.require_subcommand(1);
  app.set_version_flag("--version", FAIRLEAD_VERSION);
  Arguments arguments;
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
