#include "app/tick_item.h"

#include <algorithm>

#include "domain/change.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/crew_record.h"
#include "app/decide.h"

namespace app {

using base::Result;

namespace {

base::json::object json_of(const Tick& tick) {
  base::json::object body{{"done", tick.done}};
  if (!tick.by.empty()) body["by"] = tick.by.text();
  return body;
}

Result<void> tick_once(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                       const std::string& item, Done done) {
  const auto charter = TRY(load_charter(store, mate.charter));
  if (!charter) return base::not_found("There is no such charter");
  TRY(domain::refuse_cancelled(charter->value));
  // Who is only asked for a seat has a link as well.
  const auto& crew = charter->value.crew;
  if (std::ranges::find(crew, mate.member, &domain::Slot::member) == crew.end())
    return base::not_found("There is no such charter");
  const auto& items = charter->value.checklist;
  if (std::none_of(items.begin(), items.end(), [&](const auto& one) { return one.id == item; }))
    return base::not_found("There is no such checklist item");
  const auto place = tick_place(mate.charter, item);
  const auto found = TRY(load<Tick>(store, place, tick_from));
  const Loaded<Tick> before = found.value_or(Loaded<Tick>{{false, {}, world.now()}, ports::absent});
  const Tick after{done == Done::yes, mate.member, world.now(), new_deed_id(world)};
  if (before.value.done == after.done) return {};
  auto changes = store.changes();
  changes.check(charter_place(mate.charter), charter->version);
  changes.put(place, before.version, encoded(after));
  audit(changes, world,
        {"crew " + mate.member.text(),
         "tick_item",
         charter_partition(mate.charter),
         {{"item", item}, {"done", after.done}},
         json_of(before.value),
         json_of(after),
         UndoPoint{after.deed, place.sort, encoded(before.value)}});
  return store.commit(changes);
}

}  // namespace

Result<void> tick_item(const ports::TenantStore& store, const World& world, const CrewMate& mate,
                       const std::string& item, Done done) {
  return decide([&] { return tick_once(store, world, mate, item, done); });
}

}  // namespace app
