#include "app/add_block.h"

#include "domain/amounts_in_text.h"

#include "app/audit.h"
#include "app/calendar_record.h"
#include "app/decide.h"
#include "app/reservations.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::AmountsInNotes;
using domain::Block;

namespace {

Result<base::Moment> expiry_of(const World& world, const domain::Tenant& tenant,
                               const BlockRequest& request, base::Instant ends) {
  if (request.kind != domain::BusyKind::hold)
    return base::invalid("expires_at", "only a hold expires");
  auto expires = base::resolve(*request.expires_at, tenant.zone);
  if (!expires) return base::invalid("expires_at", expires.error().message);
  if (expires->utc <= world.now()) return base::invalid("expires_at", "is over already");
  if (expires->utc > ends) return base::invalid("expires_at", "must not be after ends_at");
  return expires;
}

// A booking that takes a hold's place lets go of it, month by month, in the one commit that also
// seats a whole crew and owes all the jobs.
constexpr int hold_days_max = 335;

Result<void> refuse_too_long(const BlockRequest& request, std::chrono::milliseconds length) {
  const bool is_hold = request.kind == domain::BusyKind::hold;
  const int most = is_hold ? hold_days_max : domain::block_days_max;
  if (length <= std::chrono::days(most)) return {};
  return base::invalid("ends_at", std::string(is_hold ? "a hold" : "a block") + " lasts at most " +
                                      std::to_string(most) + " days");
}

Result<Block> block_of(const World& world, const domain::Tenant& tenant,
                       const BlockRequest& request) {
  auto starts = base::resolve(request.starts_at, tenant.zone);
  if (!starts) return base::invalid("starts_at", starts.error().message);
  auto ends = base::resolve(request.ends_at, tenant.zone);
  if (!ends) return base::invalid("ends_at", ends.error().message);
  if (ends->utc <= starts->utc) return base::invalid("ends_at", "must be after starts_at");
  TRY(refuse_too_long(request, ends->utc - starts->utc));
  Block block{domain::BlockId(tenant.id.text() + ".b" + world.random_text(10)),
              request.kind,
              request.vessel,
              request.title,
              *starts,
              *ends,
              world.now()};
  if (request.expires_at) block.expires = TRY(expiry_of(world, tenant, request, ends->utc));
  return block;
}

Deed deed_of(const BlockRequest& request, const Block& block) {
  Deed deed{request.actor, "add_block", block_place(block.id).partition, {{"title", block.title}}};
  if (block.expires) deed.facts["expires_at"] = base::format_offset_time(*block.expires);
  if (request.amounts == AmountsInNotes::allowed) deed.facts["amounts_allowed"] = true;
  return deed;
}

Result<BlockAnswer> add_once(const ports::OwnerStore& store, const World& world,
                             const BlockRequest& request, const RenderBlock& render) {
  const auto tenant = TRY(load_tenant(store));
  const domain::Vessel* vessel = tenant.value.vessel(request.vessel);
  if (!vessel) return base::invalid("vessel", "there is no vessel '" + request.vessel.text() + "'");
  const Block block = TRY(block_of(world, tenant.value, request));
  if (request.amounts == AmountsInNotes::refused && domain::looks_like_amount(block.title))
    return base::invalid("title",
                         "looks like an amount of money, and the crew can come to read this text; "
                         "reword it, or send allow_amounts: true");

  auto changes = store.changes();
  Reservations reservations(store, world.now());
  TRY(reservations.take(*vessel, block.busy(), tenant.value.zone));
  TRY(reservations.add_to(changes));
  changes.check(tenant_place(), tenant.version);
  put_block(changes, block);
  audit(changes, world, deed_of(request, block));
  BlockAnswer answer{render(entry_of(block))};
  remember<ports::OwnerPlace>(changes, request.call, answer.body, world.now());
  TRY(store.commit(changes));
  return answer;
}

}  // namespace

Result<BlockAnswer> add_block(const ports::OwnerStore& store, const World& world,
                              const BlockRequest& request, const RenderBlock& render) {
  return decide([&] {
    return answered_once<ports::OwnerPlace, BlockAnswer>(
        store, request.call, [&] { return add_once(store, world, request, render); });
  });
}

}  // namespace app
