// serve: the server on one data folder, until SIGTERM or SIGINT; then it drains and answers 0.
#pragma once

#include <filesystem>
#include <string>

namespace fairlead {

struct ServeOptions {
  std::filesystem::path data;
  std::string listen;
  std::string admin;
};

int serve_command(const ServeOptions& options);

}  // namespace fairlead
