// Pass: the right of one person to one charter for a time. Tokens are derived from the server key
// over a pass, never stored: they can be sent again after a crash, and a stolen database cannot
// forge one. Token of a magic link: base32(pass id, 10 bytes) + base32(HMAC-SHA256), lower case, 16
// + 52 characters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.h"

namespace domain {

// It has no end of its own: it lives while its member crews the charter, until 48 h after the
// charter's end; one of the roster, while they stand in the tenant file.
struct Pass {
  PassId id;  // 16 characters of base32, made from randomness when the pass is made
  CharterId charter;
  MemberId member;
  bool revoked = false;
};

// What a token is good for; a token made for one use proves nothing for another.
enum class TokenUse { magic_link, crew_cookie };

inline constexpr std::size_t pass_id_length = 16;
inline constexpr std::size_t token_length = 68;

// 32 bytes, known to the installation only.
using ServerKey = std::string;

std::string token_for(const ServerKey& key, const TenantId& tenant, const PassId& pass,
                      TokenUse use);
// The pass a token claims, if its derivation is right. Either case. Whether the pass lives is
// another question.
std::optional<PassId> proven_pass(const ServerKey& key, const TenantId& tenant,
                                  std::string_view token, TokenUse use);

// What every secret that is never stored is made of: base32 of an HMAC-SHA256 over purpose, tenant
// and subject, 52 characters. Requires: no NUL in them.
std::string derived(const ServerKey& key, std::string_view purpose, std::string_view tenant,
                    std::string_view subject);

// The guest's key of one charter, and the owner's feed key of one tenant. nth: Charter::guest_key;
// a former guest's key is another.
std::string guest_key_for(const ServerKey& key, const CharterId& charter, std::uint32_t nth);
std::string feed_key_for(const ServerKey& key, const TenantId& tenant);

}  // namespace domain
