// Views: exactly what a guest page, a crew page, a guest mail and a crew mail may show, copied
// field by field from the charter. A new field of the charter is invisible here until somebody
// lists it. No member is money.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/charter.h"
#include "domain/hours.h"
#include "domain/tenant.h"
#include "domain/weather_view.h"

namespace domain {

struct Place {
  std::string dock;
  std::optional<double> latitude;
  std::optional<double> longitude;
};

// What may be forwarded: no surname, no contact, no reference.
struct GuestView {
  std::string operator_name;
  std::string guest_first_name;  // may be empty
  std::string boat;
  std::string boat_description;
  Place place;
  base::Moment starts;
  base::Moment ends;
  std::vector<std::string> bring;
  std::string arrival_note;
  std::string slug;
  std::optional<base::Moment>
      uploads_close;  // until when the page takes photos; absent: it does not
  CharterStatus status = CharterStatus::confirmed;
  std::optional<CancelCause> told_cause;
  Contract contract = Contract::time_charter;
};

// What only the guest's own mail adds.
struct GuestMailView {
  GuestView page;
  std::string guest_name;
  int party_size = 0;
  std::string contact;
  std::string guest_notes;
  std::string guest_link;  // with the guest key in its fragment
};

enum class Answer { none, yes, no };
std::string_view name_of(Answer answer);
std::optional<Answer> answer_from(std::string_view name);

struct CrewmateView {
  std::string name;
  std::string role;
  Answer answer = Answer::none;
  bool is_reader = false;
};

struct TickView {
  std::string id;
  std::string text;
  bool done = false;
  std::string done_by;  // a name
  std::string done_at;  // dock time, "16:05"
};

struct StintView {
  base::Moment begins;
  std::optional<base::Moment> ends;  // absent: clocked in
};

// The reader's own hours, from when the clock runs.
struct HoursView {
  HoursState state = HoursState::none;
  std::string total;  // "3.25"; empty: none yet
  std::vector<StintView> stints;
  std::string most;         // that may be entered
  bool clock_over = false;  // too late to clock in or out
  std::string refusal;      // of what the reader has just sent; empty: none
};

struct CrewView {
  std::string operator_name;
  std::string charter;  // id
  std::string title;
  std::string boat;
  Place place;
  base::Moment starts;
  base::Moment ends;
  int party_size = 0;
  std::string guest_first_name;
  std::string crew_notes;
  std::string reader_name;
  std::string reader_role;
  Answer reader_answer = Answer::none;
  Revision reader_asked = 1;  // as Slot::asked of theirs
  std::vector<CrewmateView> crew;
  std::vector<std::string> open_seats;  // roles that nobody has yet
  std::vector<TickView> departure;
  std::vector<TickView> return_items;
  std::optional<HoursView> hours;  // on the page alone; absent: the clock does not run yet
  CharterStatus status = CharterStatus::confirmed;
  std::optional<CancelCause> told_cause;
  std::optional<WeatherView> weather;  // absent: where the trip starts is not known
  base::Moment read_at;                // for the page only
};

struct CrewMailView {
  CrewView page;
  std::string magic_link;
};

// What crew and guests are told of why a trip is cancelled: the weather, which is nobody's doing,
// and that it stood in the books twice, lest they stay away from the other one. Every other cause
// stays between the operator and whom it concerns.
std::optional<CancelCause> told_cause(const Charter& charter);

// Where the dock is, known of the vessel's own only: another dock is a name without a position.
Place place_at(const std::string& dock, const Vessel* vessel);  // no dock: the vessel's
Place place_of(const Charter& charter, const Vessel* vessel);
GuestView guest_view(const Charter& charter, const Tenant& tenant);
GuestMailView guest_mail_view(const Charter& charter, const Tenant& tenant, std::string guest_link);

}  // namespace domain
