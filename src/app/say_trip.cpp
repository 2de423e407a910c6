#include "app/say_trip.h"

#include <charconv>

#include "app/say_times.h"

namespace app {

namespace {

std::string degrees(double value) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 5);
  return {digits, end.ptr};
}

}  // namespace

std::string say_party(const std::string& first_name, int party_size, const base::Words& words) {
  const std::string count = std::to_string(party_size);
  if (party_size < 1)
    return first_name.empty() ? "" : words.say("crew.guests_of", {{"name", first_name}});
  if (!first_name.empty())
    return words.say("crew.party_of", {{"name", first_name}, {"count", count}});
  return party_size == 1 ? words.say("crew.one_guest")
                         : words.say("crew.guest_count", {{"count", count}});
}

std::string say_when_and_length(const base::Moment& starts, const base::Moment& ends,
                                const base::Words& words) {
  return say_when(starts, ends, words) + " (" + say_length(starts, ends, words) + ')';
}

std::string say_contract(domain::Contract contract, const base::Words& words) {
  return contract == domain::Contract::bareboat ? words.say("guest.bareboat") : "";
}

std::vector<std::string> say_crew(const std::vector<domain::CrewmateView>& crew,
                                  const base::Words& words) {
  std::vector<std::string> lines;
  lines.reserve(crew.size());
  for (const domain::CrewmateView& mate : crew)
    lines.push_back(
        mate.is_reader
            ? words.say("crew_mail.member_you", {{"name", mate.name}, {"role", mate.role}})
            : words.say("crew_mail.member", {{"name", mate.name}, {"role", mate.role}}));
  return lines;
}

std::string say_cancelled(std::optional<domain::CancelCause> told_cause,
                          const std::string& consequence, const base::Words& words) {
  if (told_cause == domain::CancelCause::duplicate) return words.say("cancelled.duplicate");
  if (told_cause != domain::CancelCause::weather) return consequence;
  return words.say("cancelled.weather") + ' ' + consequence;
}

std::string map_address(const domain::Place& place) {
  if (!place.latitude || !place.longitude) return {};
  const std::string latitude = degrees(*place.latitude);
  const std::string longitude = degrees(*place.longitude);
  return "https://www.openstreetmap.org/?mlat=" + latitude + "&mlon=" + longitude + "#map=17/" +
         latitude + '/' + longitude;
}

}  // namespace app
