// Facts: what a person was told of a trip, in the words they were told it, kept with the job that
// told them; so that a later mail can say what changed, old to new. Always: nothing that its reader
// may not see, for it is made from their own view; a fact that is not known has no text.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

#include "domain/views.h"

namespace app {

struct Fact {
  // "when", "boat", "where", "contract", "role", "party", "crew", "notes", "contact": the label's
  // word.
  std::string name;
  std::string text;
  friend bool operator==(const Fact&, const Fact&) = default;
};
using Facts = std::vector<Fact>;

// What somebody was told of a trip so far.
struct Told {
  enum class What { nothing, something, facts };
  What what = What::nothing;
  Facts facts = {};         // empty unless it is they
  domain::JobId mail = {};  // that told them
  bool is_nothing() const { return what == What::nothing; }
};

struct FactChange {
  std::string name;
  std::string before;  // empty: was not known
  std::string after;   // empty: is no more
};

// The time, the boat, the place and one's own role are what a member said yes to.
bool asks_anew(const FactChange& change);

// Empty: not told.
std::string text_of(const Facts& facts, const std::string& name);

Facts facts_of(const domain::CrewView& view);
Facts facts_of(const domain::GuestMailView& view);
// In the order of after; what only before has comes last.
std::vector<FactChange> changes_between(const Facts& before, const Facts& after);

// As a job keeps them.
base::json::object json_of(const Facts& facts);
Facts facts_from(const base::json::object& body);

}  // namespace app
