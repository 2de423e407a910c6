#include "adapters/server_key.h"

#include <cerrno>
#include <optional>
#include <string_view>

#include <sys/stat.h>

#include "base/crypto.h"
#include "base/text.h"

#include "adapters/durable_file.h"

namespace adapters {

using base::Result;
using std::filesystem::path;

namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t file_bytes_max = 128;

std::optional<int> digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return std::nullopt;
}

Result<void> check_modes(const path& folder, const path& file) {
  struct stat facts{};
  if (::stat(folder.c_str(), &facts) != 0) return file_error("look at", folder, errno);
  if ((facts.st_mode & S_IWOTH) != 0)
    return base::denied("anybody may write in " + folder.string() + "; run: chmod o-w " +
                        folder.string());
  if (::lstat(file.c_str(), &facts) != 0) return file_error("look at", file, errno);
  if (!S_ISREG(facts.st_mode) || (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return base::denied("others can read " + file.string() + "; run: chmod 600 " + file.string());
  return {};
}

}  // namespace

std::optional<std::string> server_key_from(std::string_view text) {
  const std::string_view digits = base::trimmed(text);
  if (digits.size() != 2 * key_bytes) return std::nullopt;
  std::string key;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto high = digit_value(digits[i]);
    const auto low = digit_value(digits[i + 1]);
    if (!high || !low) return std::nullopt;
    key.push_back(static_cast<char>(*high * 16 + *low));
  }
  return key;
}

Result<std::string> read_or_make_server_key(const path& folder, ports::Entropy& entropy) {
  TRY(make_folder(folder));
  const path file = folder / "server.key";
  auto text = TRY(read_file(file, file_bytes_max));
  if (!text) {
    auto written = write_file(file, base::hex(entropy.bytes(key_bytes)) + "\n", Existing::keep);
    // Somebody else made one in the meantime: theirs counts.
    if (!written && written.error().kind != base::Kind::conflict) return std::move(written).error();
    text = TRY(read_file(file, file_bytes_max));
  }
  TRY(check_modes(folder, file));
  auto key = text ? server_key_from(*text) : std::nullopt;
  if (!key)
    return base::internal(
        file.string() + " is damaged: it must be 64 hexadecimal digits; restore it from a backup");
  return *std::move(key);
}

}  // namespace adapters
