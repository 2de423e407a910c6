// Control: how a command runs: here, when the data folder is free, or else in the server that has
// it, over DIR/control.sock. Always: output, errors and exit code are the same both ways, and so is
// the commit, which the server's caches and ticker hear of. A request and its answer are one line
// of JSON each. Refuses: arguments that are not UTF-8, files over command_file_bytes_max.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

#include "commands.h"

namespace fairlead {

inline constexpr const char* control_socket_name = "control.sock";

// Runs the command, prints what it says and answers its exit code. file: the name of the file that
// it reads, if any. When neither the folder nor a server can be had (another command has the
// folder, a server starts or ends), it is asked for again for some seconds.
int execute(const std::filesystem::path& data, Command command, const std::string& file);

// On stdout and stderr; the exit code.
int print(const Said& answer);

// The server's side: the answer to one line.
std::string answer_control(const Machine& machine, const base::Result<std::string>& request);

}  // namespace fairlead
