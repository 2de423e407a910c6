// The commands of the binary besides serve, as values: what was asked, and what is said about it.
// Always: run_command touches no stream and no file of the caller's, so that it says the same
// whether it runs in the command's own process or in the server that has the data folder
// (control.h). Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 wrong settings.
#pragma once

#include <string>

#include "base/result.h"

namespace fairlead {

class Machine;

enum class Output { text, json };

struct Command {
  std::string name;     // "tenant apply"
  std::string subject;  // a tenant, a charter or a job
  std::string kind;     // tenant rotate: "dashboard-token" or "service-key"
  std::string file;     // what the file holds: tenant apply, book
  Output output = Output::text;
};

struct Said {
  std::string out;
  std::string err;
  int exit_code = 0;
};

inline constexpr std::size_t command_file_bytes_max = 1024 * 1024;

Said run_command(const Machine& machine, const Command& command);

// What is wrong, one line per fault, and the exit code for it.
Said said(const base::Error& error);
// The same, on stderr; the exit code.
int report(const base::Error& error);

}  // namespace fairlead

// The value of a Result, or report its error and return the exit code.
#define COMMAND_TRY_(expression, name)                      \
  __extension__({                                           \
    auto name = (expression);                               \
    if (!(name)) return ::fairlead::report((name).error()); \
    std::move(name).value();                                \
  })
#define COMMAND_TRY(expression) COMMAND_TRY_(expression, BASE_JOIN(command_try_, __COUNTER__))
