#include "app/remove_block.h"

#include "app/audit.h"
#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/reservations.h"

namespace app {

using base::Result;

namespace {

Result<void> remove_once(const ports::OwnerStore& store, const World& world,
                         const std::string& entry, const std::string& actor) {
  const base::Instant now = world.now();
  const auto block = TRY(load_block(store, domain::BlockId(entry)));
  if (!block || block->value.has_lapsed(now)) {
    if (TRY(load_charter(store, domain::CharterId(entry))))
      return base::conflict("This entry is a charter; it cannot be deleted from the calendar",
                            "entry-is-a-charter");
    return base::not_found("There is no such calendar entry");
  }
  auto changes = store.changes();
  Reservations reservations(store, now);
  TRY(reservations.let_go(block->value.vessel, block->value.busy()));
  TRY(reservations.add_to(changes));
  remove_block(changes, *block, now);
  audit(changes, world,
        {actor,
         "remove_block",
         block_place(block->value.id).partition,
         {{"title", block->value.title}}});
  return store.commit(changes);
}

}  // namespace

Result<void> remove_block(const ports::OwnerStore& store, const World& world,
                          const std::string& entry, const std::string& actor) {
  return decide([&] { return remove_once(store, world, entry, actor); });
}

}  // namespace app
