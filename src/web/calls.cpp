#include "web/calls.h"

#include <algorithm>

#include "base/crypto.h"

namespace web {

base::Result<std::optional<app::CallKey>> call_key(const Call& call,
                                                   const std::string& credential) {
  const auto key = call.request.head.header("Idempotency-Key");
  if (!key) return std::optional<app::CallKey>{};
  const bool printable =
      std::all_of(key->begin(), key->end(), [](char c) { return c > ' ' && c <= '~'; });
  if (key->empty() || key->size() > app::idempotency_key_bytes_max || !printable)
    return base::invalid("Idempotency-Key", "must be 1 to 255 printable ASCII characters");
  return std::optional(app::CallKey{std::string(call.route), credential, std::string(*key),
                                    base::hex(base::bytes_of(base::sha256(call.request.body)))});
}

}  // namespace web
