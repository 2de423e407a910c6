// Digests, keyed digests, encodings and bcrypt: thin covers over OpenSSL and libxcrypt.
// Always: comparing secrets goes through equal_constant_time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);
// The same over bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void update(std::string_view bytes);
  Digest finish();  // once

 private:
  struct State;
  std::unique_ptr<State> state_;
};
// MD5 over bytes that come in pieces: for Content-MD5 of S3's clients (RFC 1864), never to prove
// anything.
class Md5 {
 public:
  Md5();
  Md5(Md5&&) noexcept;
  Md5& operator=(Md5&&) noexcept;
  ~Md5();
  void update(std::string_view bytes);
  std::string finish();  // 16 bytes; once

 private:
  struct State;
  std::unique_ptr<State> state_;
};
// RFC 2104 with SHA-256.
Digest hmac_sha256(std::string_view key, std::string_view message);

std::string_view bytes_of(const Digest& digest);
std::string hex(std::string_view bytes);
std::string base64(std::string_view bytes);  // RFC 4648 §4, padded
std::optional<std::string> base64_decoded(std::string_view text);
// RFC 4648 §6 in lower case without padding: survives mail scanners that change the case of links.
std::string base32(std::string_view bytes);
std::optional<std::string> base32_decoded(std::string_view text);  // either case

bool equal_constant_time(std::string_view a, std::string_view b);

// The system's random source. Verbs never call this: they take ports::Entropy.
std::string random_bytes(std::size_t count);

// bcrypt, $2b$. It reads 72 bytes and stops at a NUL, so longer secrets and NULs are refused, not
// cut.
inline constexpr std::size_t bcrypt_bytes_max = 72;
Result<std::string> bcrypt_hashed(std::string_view secret, std::string_view salt_16_bytes,
                                  int cost);
// Reads $2a$, $2b$ and $2y$, cost 4 to 16. False for a wrong secret, an unreadable hash, or a
// secret that bcrypt would cut.
bool bcrypt_matches(std::string_view secret, const std::string& hash);

}  // namespace base
