#include "web/calls.h"

#include <algorithm>

#include "base/crypto.h"

#include "app/credential_record.h"

#include "web/replies.h"

namespace web {

base::Error counted(const Call& call, base::Error error) {
  if (error.code != app::wrong_credential) return error;
  return call.tries.counted(call.client, std::move(error), call.world.now());
}

void ask_to_wait(base::Response& response, const Call& call, const base::Error& error) {
  if (error.kind != base::Kind::limited) return;
  const auto seconds = call.tries.wait(call.client, call.world.now());
  response.set("Retry-After", std::to_string(seconds.count()));
}

base::Response refusal(const Call& call, const base::Error& error) {
  base::Response response = problem(error);
  ask_to_wait(response, call, error);
  return response;
}

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
