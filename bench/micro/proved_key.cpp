// A service key that was proved before, and what the proof itself costs.
#include <benchmark/benchmark.h>

#include "base/crypto.h"

#include "app/proved_keys.h"

namespace {

constexpr std::string_view secret = "k3v9q2m7xw4t8zpab7n2c5d8f3g6h9j4k3v9q2m7xw4t8zpab7n2";

app::Credential credential(int cost) {
  const auto hash = base::bcrypt_hashed(secret, "sixteen bytes...", cost);
  return {"k3v9q2m7", hash ? *hash : "", {}};
}

void proved_key(benchmark::State& state) {
  const domain::TenantId tenant("jada");
  const app::Credential record = credential(10);
  app::ProvedKeys proved(std::string(32, 'k'), 1000);
  const app::ClaimedKey claimed{tenant, record, secret};
  proved.remember(proved.digest_of(claimed));
  for ([[maybe_unused]] auto _ : state) {
    if (!proved.knows(proved.digest_of(claimed)))
      return state.SkipWithError("the key is not known");
  }
}

void bcrypt(benchmark::State& state) {
  const app::Credential record = credential(static_cast<int>(state.range(0)));
  for ([[maybe_unused]] auto _ : state) {
    if (!base::bcrypt_matches(secret, record.secret_hash))
      return state.SkipWithError("the right secret is refused");
  }
}

}  // namespace

BENCHMARK(proved_key)->Name("proved_key");
BENCHMARK(bcrypt)->Name("bcrypt")->Arg(12)->Unit(benchmark::kMicrosecond);
