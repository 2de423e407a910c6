// Config: DIR/fairlead.toml. Everything is optional; a setting nobody knows is refused by name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace fairlead {

struct MailConfig {
  enum class Starttls { required, if_offered, none };
  std::string smtp;  // "smtp://host:port"; empty: the maildrop
  std::string user;
  std::string password;
  Starttls starttls = Starttls::if_offered;
};

struct Config {
  std::string public_url = "https://{host}";
  std::vector<std::string> proxies;  // literal addresses whose X-Forwarded-For is believed
  MailConfig mail;
};

// A folder without the file has the defaults. Error kind invalid: wrong settings, each named with
// its line.
base::Result<Config> read_config(const std::filesystem::path& folder);
base::Result<std::string> read_text_file(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace fairlead
