// The server's own secret, from which crew links are derived: DIR/server.key, 64 hexadecimal
// digits. Always: a key file that is there is never overwritten; losing it would kill every link
// that was sent. Refuses: a file that others than its owner can read or write, one that is no key,
// a folder anybody may write in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

#include "ports/clock.h"

namespace adapters {

// What 64 hexadecimal digits say, and whatever blank stands around them; nullopt: they are no key.
std::optional<std::string> server_key_from(std::string_view text);

// The 32 bytes; made, with the folder, when there is no file yet.
base::Result<std::string> read_or_make_server_key(const std::filesystem::path& folder,
                                                  ports::Entropy& entropy);

}  // namespace adapters
