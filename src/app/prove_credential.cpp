#include "app/prove_credential.h"

#include "base/crypto.h"
#include "base/text.h"

namespace app {

using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr std::size_t token_bytes_max = 200;
constexpr std::size_t key_id_bytes = 5;
constexpr std::size_t secret_bytes = 32;
// The secret is 256 random bits, so the cost need not slow a guesser down; it only has to be
// bcrypt.
constexpr int bcrypt_cost = 10;
// Checked when the key id is unknown, so that the time taken tells nothing about which key ids
// exist.
const char* const nobodys_hash = "$2b$10$CwTycUXWue0Thq9StjUM0uJ8.jYhbA9lY4fXjM1G4hO9C6dQWTBDS";

struct WrittenToken {
  std::string key_id;
  std::string_view secret;
};

Error missing() {
  return {Kind::unauthenticated, "No credential arrived with this request", "missing-credential"};
}
Error wrong() {
  return {Kind::unauthenticated, "This credential is not valid here", wrong_credential};
}

Result<WrittenToken> read_token(const domain::TenantId& tenant, std::string_view token) {
  if (token.empty()) return missing();
  if (token.size() > token_bytes_max) return wrong();
  const auto parts = base::split(token, '.');
  if (parts.size() != 3 || parts[0] != tenant.text() || !base::is_handle(parts[1], 40))
    return wrong();
  return WrittenToken{std::string(parts[1]), parts[2]};
}

std::string keyed_hash(const World& world, std::string_view secret) {
  return base::hex(base::bytes_of(
      base::hmac_sha256(world.server_key, "dashboard-token:" + std::string(secret))));
}

}  // namespace

Result<std::optional<BcryptGate::Turn>> BcryptGate::enter(const base::Digest& key) {
  std::unique_lock lock(mutex_);
  if (under_way_.contains(key)) {
    changed_.wait(lock, [&] { return !under_way_.contains(key); });
    return std::optional<Turn>{};
  }
  if (running_ >= running_max_ && waiting_ >= waiting_max_)
    return base::unavailable("Too many keys to check; try again");
  under_way_.insert(key);
  ++waiting_;
  changed_.wait(lock, [&] { return running_ < running_max_; });
  --waiting_;
  ++running_;
  return std::optional<Turn>(std::in_place, *this, key);
}

void BcryptGate::leave(const base::Digest& key) {
  const std::lock_guard lock(mutex_);
  --running_;
  under_way_.erase(key);
  changed_.notify_all();
}

bool BcryptGate::Turn::matches(std::string_view secret, const std::string& hash) {
  gate_->checks_.fetch_add(1, std::memory_order_relaxed);
  return base::bcrypt_matches(secret, hash);
}

Result<std::string> prove_dashboard_token(const ports::TenantStore& store, const World& world,
                                          std::string_view token) {
  const WrittenToken written = TRY(read_token(store.tenant(), token));
  const auto known = TRY(load_credential(store, CredentialKind::dashboard_token, written.key_id));
  const std::string hash = keyed_hash(world, written.secret);
  if (!known || !base::equal_constant_time(known->value.secret_hash, hash)) return wrong();
  return written.key_id;
}

Result<std::string> prove_service_key(const ports::TenantStore& store, const World& world,
                                      ServiceKeyDesk& desk, const std::string& client,
                                      std::string_view token) {
  const auto refused = [&](const Error& error) {
    return error.code == wrong_credential ? desk.tries.counted(client, error, world.now()) : error;
  };
  const auto written = read_token(store.tenant(), token);
  if (!written) return refused(written.error());
  if (written->secret.size() > base::bcrypt_bytes_max) return refused(wrong());
  const auto known = TRY(load_credential(store, CredentialKind::service_key, written->key_id));
  const Credential record = known ? known->value : Credential{{}, nobodys_hash, {}};
  const ClaimedKey claimed{store.tenant(), record, written->secret};
  const base::Digest key = desk.proved.digest_of(claimed);
  BcryptGate& gate = known ? desk.gate : desk.gate_of_strangers;
  std::optional<BcryptGate::Turn> turn;
  // While this one waits, another call may judge the key, or use up the client's tries.
  while (true) {
    if (known && desk.proved.knows(key)) return written->key_id;
    if (desk.refused.knows(key)) return refused(wrong());
    TRY(desk.tries.may_try(client, world.now()));
    if (turn) break;
    if (auto entered = TRY(gate.enter(key))) turn.emplace(std::move(*entered));
  }
  const bool right = turn->matches(written->secret, record.secret_hash) && known;
  (right ? desk.proved : desk.refused).remember(key);
  if (!right) return refused(wrong());
  return written->key_id;
}

Result<NewCredential> new_credential(const World& world, const domain::TenantId& tenant,
                                     CredentialKind kind) {
  const std::string key_id = world.random_text(key_id_bytes);
  const std::string secret = world.random_text(secret_bytes);
  Credential record{key_id, {}, world.now()};
  if (kind == CredentialKind::dashboard_token)
    record.secret_hash = keyed_hash(world, secret);
  else
    record.secret_hash = TRY(base::bcrypt_hashed(secret, world.entropy->bytes(16), bcrypt_cost));
  return NewCredential{tenant.text() + "." + key_id + "." + secret, record};
}

}  // namespace app
