#include "control.h"

#include <iostream>
#include <thread>

#include "base/crypto.h"
#include "base/json.h"
#include "base/log.h"
#include "base/text.h"

#include "app/record_json.h"

#include "transports/unix_socket.h"

#include "wiring.h"

namespace fairlead {

namespace json = base::json;
using base::Result;
using std::chrono::steady_clock;
using transports::UnixSocket;

namespace {

constexpr std::chrono::seconds folder_wait{5};
constexpr std::chrono::milliseconds folder_look{50};
// Longer than any command may take: a replayed mail waits for its mail server.
constexpr std::chrono::seconds answer_wait{90};
constexpr std::size_t answer_bytes_max = 4 * 1024 * 1024;

constexpr int wrong_usage = 2;

// The file travels as base64: it may hold anything, and saying what is wrong with it is the
// command's business.
std::string encoded(const Command& command) {
  return base::to_text(json::object{{"command", command.name},
                                    {"subject", command.subject},
                                    {"kind", command.kind},
                                    {"file", base::base64(command.file)},
                                    {"output", command.output == Output::json ? "json" : "text"}});
}

Result<Command> command_from(const std::string& line) {
  const json::object object = TRY(base::parse_json_object(line));
  Command command;
  command.name = app::text_at(object, "command");
  command.subject = app::text_at(object, "subject");
  command.kind = app::text_at(object, "kind");
  if (app::text_at(object, "output") == "json") command.output = Output::json;
  auto file = base::base64_decoded(app::text_at(object, "file"));
  if (!file || file->size() > command_file_bytes_max)
    return base::invalid("file", "is not base64, or too large");
  command.file = *std::move(file);
  return command;
}

std::string encoded(const Said& said) {
  return base::to_text(
      json::object{{"out", said.out}, {"err", said.err}, {"exit_code", said.exit_code}});
}

Result<Said> said_from(const std::string& line) {
  const json::object object = TRY(base::parse_json_object(line));
  if (!object.contains("exit_code")) return base::internal("the server's answer cannot be read");
  return Said{app::text_at(object, "out"), app::text_at(object, "err"),
              static_cast<int>(app::number_at(object, "exit_code"))};
}

// nullopt: no server listens there.
Result<std::optional<Said>> ask_server(const std::filesystem::path& data, const Command& command) {
  const auto server = TRY(UnixSocket::connect((data / control_socket_name).string()));
  if (!server) return std::optional<Said>();
  const transports::Deadline deadline{steady_clock::now() + answer_wait};
  const auto asked = server->write_line(encoded(command), deadline);
  // A server that took only a part may have said why.
  auto line = server->read_line(answer_bytes_max, deadline);
  if (!line) {
    const std::string& reason = asked ? line.error().message : asked.error().message;
    return base::unavailable("the running server gave no answer (" + reason +
                             "); look whether the command was done before you repeat it");
  }
  return std::optional(TRY(said_from(*line)));
}

Result<Said> run_on(const std::filesystem::path& data, const Command& command) {
  const auto give_up = steady_clock::now() + folder_wait;
  for (;;) {
    const auto machine = Machine::open(data);
    if (machine) return run_command(**machine, command);
    if (machine.error().code != adapters::folder_in_use) return machine.error();
    auto answer = TRY(ask_server(data, command));
    if (answer) return *std::move(answer);
    if (steady_clock::now() > give_up) return machine.error();
    std::this_thread::sleep_for(folder_look);
  }
}

Said read_and_run(const std::filesystem::path& data, Command& command, const std::string& file) {
  if (!base::is_utf8(command.subject))
    return {{}, "fairlead: the arguments are not UTF-8\n", wrong_usage};
  if (!file.empty()) {
    auto text = read_text_file(file, command_file_bytes_max);
    if (!text) return said(text.error());
    command.file = std::move(text).value();
  }
  auto answer = run_on(data, command);
  return answer ? std::move(answer).value() : said(answer.error());
}

}  // namespace

int print(const Said& answer) {
  std::cout << answer.out << std::flush;
  std::cerr << answer.err;
  return answer.exit_code;
}

int execute(const std::filesystem::path& data, Command command, const std::string& file) {
  return print(read_and_run(data, command, file));
}

std::string answer_control(const Machine& machine, const Result<std::string>& request) {
  if (!request) return encoded(said(request.error()));
  const auto command = command_from(*request);
  if (!command) return encoded(said(command.error()));
  const Said answer = run_command(machine, *command);
  base::log::info("command",
                  {{"name", command->name}, {"exit_code", std::to_string(answer.exit_code)}});
  return encoded(answer);
}

}  // namespace fairlead
