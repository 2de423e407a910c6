#include "app/prove_pass.h"

#include <algorithm>

#include "domain/job.h"

#include "app/ask_record.h"
#include "app/charter_record.h"
#include "app/pass_record.h"
#include "app/tenant_record.h"

namespace app {

base::Result<CrewMate> prove_pass(const ports::TenantStore& store, const World& world,
                                  std::string_view token, domain::TokenUse use) {
  const base::Error refused{base::Kind::unauthenticated, "This link is no longer valid",
                            "wrong-credential"};
  const auto claimed = domain::proven_pass(world.server_key, store.tenant(), token, use);
  if (!claimed) return refused;
  const auto pass = TRY(load_pass(store, *claimed));
  if (!pass || pass->value.revoked) return refused;
  CrewMate mate{*claimed, pass->value.charter, pass->value.member};
  if (mate.charter == domain::roster_of(store.tenant())) {
    const auto tenant = TRY(load_tenant(store));
    return tenant.value.member(mate.member) ? base::Result<CrewMate>(std::move(mate)) : refused;
  }
  const auto charter = TRY(load_charter(store, pass->value.charter));
  if (!charter) return refused;
  const bool over = charter->value.ends.utc + domain::pass_lives_after_end <= world.now();
  const auto& crew = charter->value.crew;
  const bool aboard = std::any_of(crew.begin(), crew.end(), [&](const domain::Slot& slot) {
    return slot.member == pass->value.member;
  });
  if (over) return refused;
  if (aboard) return mate;
  const auto ask = TRY(load_ask(store, mate.charter, mate.member));
  if (!ask || ask->value.ask.pass != *claimed) return refused;
  mate.standing = CrewMate::Standing::asked;
  return mate;
}

}  // namespace app
