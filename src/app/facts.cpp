#include "app/facts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/words.h"

#include "app/say_times.h"
#include "app/say_trip.h"

namespace app {

namespace {

void add(Facts& facts, const char* name, std::string text) {
  if (!text.empty()) facts.push_back({name, std::move(text)});
}

const Fact* find(const Facts& facts, const std::string& name) {
  const auto found = std::ranges::find(facts, name, &Fact::name);
  return found == facts.end() ? nullptr : &*found;
}

std::string crew_line(const domain::CrewView& view) {
  std::vector<std::string> mates;
  mates.reserve(view.crew.size());
  for (const domain::CrewmateView& mate : view.crew)
    mates.push_back(mate.name + " (" + mate.role + ")");
  return base::joined(mates, ", ");
}

}  // namespace

bool asks_anew(const FactChange& change) {
  constexpr std::array names = {"when", "boat", "where", "role"};
  return std::ranges::find(names, change.name) != names.end();
}

std::string text_of(const Facts& facts, const std::string& name) {
  const Fact* fact = find(facts, name);
  return fact ? fact->text : "";
}

Facts facts_of(const domain::CrewView& view) {
  const base::Words& words = base::Words::of("en");
  Facts facts;
  add(facts, "when", say_when_and_length(view.starts, view.ends, words));
  add(facts, "boat", view.boat);
  add(facts, "where", view.place.dock);
  add(facts, "role", view.reader_role);
  add(facts, "party", say_party(view.guest_first_name, view.party_size, words));
  add(facts, "crew", crew_line(view));
  add(facts, "notes", view.crew_notes);
  return facts;
}

Facts facts_of(const domain::GuestMailView& view) {
  const base::Words& words = base::Words::of("en");
  Facts facts;
  add(facts, "when", say_when_and_length(view.page.starts, view.page.ends, words));
  add(facts, "boat", view.page.boat);
  add(facts, "where", view.page.place.dock);
  add(facts, "contract", say_contract(view.page.contract, words));
  add(facts, "party", say_party({}, view.party_size, words));
  add(facts, "notes", view.guest_notes);
  add(facts, "contact", view.contact);
  return facts;
}

std::vector<FactChange> changes_between(const Facts& before, const Facts& after) {
  std::vector<FactChange> changes;
  for (const Fact& fact : after) {
    const Fact* old = find(before, fact.name);
    if (!old || old->text != fact.text)
      changes.push_back({fact.name, old ? old->text : "", fact.text});
  }
  for (const Fact& fact : before)
    if (!find(after, fact.name)) changes.push_back({fact.name, fact.text, ""});
  return changes;
}

base::json::object json_of(const Facts& facts) {
  base::json::object body;
  for (const Fact& fact : facts) body[fact.name] = fact.text;
  return body;
}

Facts facts_from(const base::json::object& body) {
  Facts facts;
  for (const auto& [name, text] : body)
    if (text.is_string()) facts.push_back({std::string(name), std::string(text.get_string())});
  return facts;
}

}  // namespace app
