// Trip letter: what the letters about a trip have in common, for crew and for guests: the facts,
// the reader's own link, the signature. Each mail adds its heading, its intro and its closing.
#pragma once

#include <string>
#include <vector>

#include "base/words.h"

#include "domain/ask_view.h"
#include "domain/views.h"

#include "app/letter.h"

namespace app {

// With the reader's link and the house's signature; without facts, and without a label on the link.
Letter letter_to_crew(const domain::CrewMailView& view, const base::Words& words);
Letter letter_to_crew(const domain::AskMailView& view, const base::Words& words);
// The same with the label.
Letter letter_to_guest(const domain::GuestMailView& view, const base::Words& words);

// When, where, a map, the role, the guests.
std::vector<Letter::Fact> trip_facts(const domain::CrewView& page, const base::Words& words);
std::vector<Letter::Fact> trip_facts(const domain::AskView& page, const base::Words& words);
// When, where, a map, the party, whom to ask.
std::vector<Letter::Fact> trip_facts(const domain::GuestMailView& view, const base::Words& words);
// What to do on the day: arrival, what to bring, notes.
std::vector<Letter::Section> guest_sections(const domain::GuestMailView& view,
                                            const base::Words& words);

// The guest's page without the key to it.
std::string page_address(const domain::GuestMailView& view);

}  // namespace app
