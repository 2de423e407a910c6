#include "app/prove_pass.h"

#include <algorithm>

#include "app/ask_record.h"
#include "app/charter_record.h"
#include "app/pass_record.h"

namespace app {

base::Result<CrewMate> prove_pass(const ports::TenantStore& store, const World& world,
                                  std::string_view token, domain::TokenUse use) {
  const base::Error refused{base::Kind::unauthenticated, "This link is no longer valid",
                            "wrong-credential"};
  const auto claimed = domain::proven_pass(world.server_key, store.tenant(), token, use);
  if (!claimed) return refused;
  const auto pass = TRY(load_pass(store, *claimed));
  if (!pass || pass->value.revoked) return refused;
  const auto charter = TRY(load_charter(store, pass->value.charter));
  if (!charter) return refused;
  const bool over = charter->value.ends.utc + domain::pass_lives_after_end <= world.now();
  const auto& crew = charter->value.crew;
  const bool aboard = std::any_of(crew.begin(), crew.end(), [&](const domain::Slot& slot) {
    return slot.member == pass->value.member;
  });
  if (over) return refused;
  const domain::Pass& known = pass->value;
  if (aboard) return CrewMate{*claimed, known.charter, known.member};
  const auto ask = TRY(load_ask(store, known.charter, known.member));
  if (!ask || ask->value.ask.pass != *claimed) return refused;
  return CrewMate{*claimed, known.charter, known.member, CrewMate::Standing::asked};
}

}  // namespace app
