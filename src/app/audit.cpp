#include "app/audit.h"

namespace app {

namespace {

// Sorted by time; the random end keeps two deeds of one second apart.
std::string sort_for(const World& world) {
  return "audit/" + base::format_utc(world.now()) + "/" + world.random_text(5);
}

std::string body_of(const World& world, const Deed& deed, const base::json::object& facts) {
  return base::to_text(base::json::object{{"at", base::format_utc(world.now())},
                                          {"actor", deed.actor},
                                          {"verb", deed.verb},
                                          {"facts", facts}});
}

}  // namespace

void audit(ports::Changes& changes, const World& world, const Deed& deed) {
  changes.put(ports::Place{deed.subject, sort_for(world)}, ports::absent,
              body_of(world, deed, deed.facts));
}

void audit(ports::OwnerChanges& changes, const World& world, const Deed& deed,
           const base::json::object& amounts) {
  const std::string sort = sort_for(world);
  changes.put(ports::Place{deed.subject, sort}, ports::absent, body_of(world, deed, deed.facts));
  changes.put(ports::OwnerPlace{deed.subject, sort}, ports::absent, body_of(world, deed, amounts));
}

}  // namespace app
