// Artefact: what tells somebody of a charter besides its record: a page, a mail, an entry of the
// calendar, the books. Always: what it should say is rendered from the record, so that whether it
// is stale is a comparison, not a memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/charter.h"
#include "domain/ids.h"

namespace domain {

enum class ArtefactKind {
  guest_page,      // the published object
  guest_calendar,  // the published .ics beside it
  former_address,  // a name the page had before
  calendar_entry,  // what the owner's calendar and feed show
  crew_page,       // rendered when it is asked for
  crew_mail,       // what a crew member was told last
  guest_mail,      // what the guest was told last
  books,           // the settlement
};
std::string_view name_of(ArtefactKind kind);
std::optional<ArtefactKind> artefact_kind_from(std::string_view name);

enum class ArtefactState {
  current,  // says what the charter says
  due,      // does not, and a job that sees to it is planned
  stale,    // does not, and nothing will see to it by itself
};
std::string_view name_of(ArtefactState state);

struct Artefact {
  ArtefactKind kind = ArtefactKind::guest_page;
  std::string to;         // an object, an address, a person
  Revision rendered = 0;  // the charter's revision that it was rendered from; 0: not yet
  ArtefactState state = ArtefactState::current;
  std::string reason = {};  // why it is stale
  JobId job = {};           // whose replay renews it; empty: none does
};

}  // namespace domain
