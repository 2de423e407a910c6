#include "app/trip_letter.h"

#include <utility>

#include "app/say_trip.h"

namespace app {
namespace {

Letter letter_with(const std::string& link, std::string note, const std::string& signature) {
  Letter letter;
  letter.action_link = link;
  letter.action_note = std::move(note);
  letter.signature = signature;
  return letter;
}

// An ask and a trip's page show their reader the same facts, except whose guests they are.
template <class Page>
std::vector<Letter::Fact> crew_facts(const Page& page, const std::string& role, std::string guests,
                                     const base::Words& words) {
  const std::string map = map_address(page.place);
  return {{words.say("crew_mail.when"), say_when_and_length(page.starts, page.ends, words), {}},
          {words.say("crew_mail.where"), page.place.dock, {}},
          {words.say("crew_mail.map"), map.empty() ? "" : words.say("crew.open_map"), map},
          {words.say("crew_mail.role"), role, {}},
          {words.say("crew_mail.guests"), std::move(guests), {}}};
}

}  // namespace

Letter letter_to_crew(const domain::CrewMailView& view, const base::Words& words) {
  return letter_with(view.magic_link, words.say("crew_mail.private_link"), view.page.operator_name);
}

Letter letter_to_crew(const domain::AskMailView& view, const base::Words& words) {
  return letter_with(view.magic_link, words.say("crew_mail.private_link"), view.page.operator_name);
}

Letter letter_to_guest(const domain::GuestMailView& view, const base::Words& words) {
  Letter letter =
      letter_with(view.guest_link, words.say("guest_mail.private_link"), view.page.operator_name);
  letter.action_label = words.say("guest_mail.button");
  return letter;
}

std::vector<Letter::Fact> trip_facts(const domain::CrewView& page, const base::Words& words) {
  return crew_facts(page, page.reader_role,
                    say_party(page.guest_first_name, page.party_size, words), words);
}

std::vector<Letter::Fact> trip_facts(const domain::AskView& page, const base::Words& words) {
  return crew_facts(page, page.role, say_party({}, page.party_size, words), words);
}

std::vector<Letter::Fact> trip_facts(const domain::GuestMailView& view, const base::Words& words) {
  const domain::GuestView& page = view.page;
  const std::string map = map_address(page.place);
  return {{words.say("guest_mail.when"), say_when_and_length(page.starts, page.ends, words), {}},
          {words.say("guest_mail.where"), page.place.dock, {}},
          {words.say("guest_mail.map"), map.empty() ? "" : words.say("guest.open_map"), map},
          {words.say("guest_mail.contract"), say_contract(page.contract, words), {}},
          {words.say("guest_mail.party"), say_party({}, view.party_size, words), {}},
          {words.say("guest_mail.questions"), view.contact, {}}};
}

std::vector<Letter::Section> guest_sections(const domain::GuestMailView& view,
                                            const base::Words& words) {
  return {{words.say("guest_mail.arrival"), {}, view.page.arrival_note},
          {words.say("guest_mail.bring"), view.page.bring, {}},
          {words.say("guest_mail.notes"), {}, view.guest_notes}};
}

std::string page_address(const domain::GuestMailView& view) {
  return view.guest_link.substr(0, view.guest_link.find('#'));
}

}  // namespace app
