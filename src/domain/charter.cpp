#include "domain/charter.h"

#include <algorithm>
#include <array>

namespace domain {

namespace {

// Names copied from web pages come with spaces of other kinds: no-break, thin, ideographic.
constexpr std::array<std::string_view, 17> spaces = {
    " ",      "\u00a0", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200a", "\u202f", "\u205f", "\u3000", "\u1680"};

// Bytes of the space at the start; 0: there is none.
std::size_t space_length(std::string_view text) {
  const auto found = std::find_if(spaces.begin(), spaces.end(),
                                  [&](std::string_view space) { return text.starts_with(space); });
  return found == spaces.end() ? 0 : found->size();
}

}  // namespace

std::string_view name_of(CharterStatus status) {
  switch (status) {
    case CharterStatus::confirmed:
      return "confirmed";
    case CharterStatus::in_progress:
      return "in_progress";
    case CharterStatus::completed:
      return "completed";
    case CharterStatus::cancelled:
      return "cancelled";
  }
  return "";
}

std::optional<CharterStatus> charter_status_from(std::string_view name) {
  for (const CharterStatus status : {CharterStatus::confirmed, CharterStatus::in_progress,
                                     CharterStatus::completed, CharterStatus::cancelled})
    if (name == name_of(status)) return status;
  return std::nullopt;
}

std::string_view name_of(Contract contract) {
  return contract == Contract::bareboat ? "bareboat" : "time-charter";
}

std::optional<Contract> contract_from(std::string_view name) {
  for (const Contract contract : {Contract::time_charter, Contract::bareboat})
    if (name == name_of(contract)) return contract;
  return std::nullopt;
}

std::string_view name_of(CancelCause cause) {
  switch (cause) {
    case CancelCause::weather:
      return "weather";
    case CancelCause::guest:
      return "guest";
    case CancelCause::operator_:
      return "operator";
    case CancelCause::channel:
      return "channel";
    case CancelCause::duplicate:
      return "duplicate";
  }
  return "";
}

std::optional<CancelCause> cancel_cause_from(std::string_view name) {
  for (const CancelCause cause : {CancelCause::weather, CancelCause::guest, CancelCause::operator_,
                                  CancelCause::channel, CancelCause::duplicate})
    if (name == name_of(cause)) return cause;
  return std::nullopt;
}

CharterStatus status_at(CharterStatus recorded, base::Instant starts, base::Instant ends,
                        base::Instant now) {
  if (recorded == CharterStatus::cancelled || now < starts) return recorded;
  return now < ends ? CharterStatus::in_progress : CharterStatus::completed;
}

void seat(Charter& charter, const std::vector<Slot>& wanted) {
  charter.crew.clear();
  charter.open.clear();
  for (const Slot& slot : wanted)
    if (slot.is_open())
      charter.open.push_back(slot.role);
    else
      charter.crew.push_back(slot);
}

CharterStatus status_at(const Charter& charter, base::Instant now) {
  return status_at(charter.status, charter.starts.utc, charter.ends.utc, now);
}

int Charter::duration_minutes() const {
  return static_cast<int>(std::chrono::duration_cast<base::minutes>(ends.utc - starts.utc).count());
}

std::string first_name(const std::string& full_name) {
  // "Whitfield, Dana": some channels send the surname first.
  const std::size_t comma = full_name.find(',');
  const std::string_view name = std::string_view(full_name).substr(comma + 1);
  std::size_t start = 0;
  while (const std::size_t space = space_length(name.substr(start))) start += space;
  std::size_t end = start;
  while (end < name.size() && space_length(name.substr(end)) == 0) ++end;
  return std::string(name.substr(start, end - start));
}

std::string made_title(const Channel& channel, const std::string& guest_name) {
  std::string title = channel.text() + " charter";
  title[0] =
      static_cast<char>(title[0] >= 'a' && title[0] <= 'z' ? title[0] - 'a' + 'A' : title[0]);
  const std::string guest = first_name(guest_name);
  return guest.empty() ? title : title + " for " + guest;
}

std::vector<ChecklistItem> checklist_from(const std::vector<std::string>& departure,
                                          const std::vector<std::string>& return_items) {
  std::vector<ChecklistItem> items;
  items.reserve(departure.size() + return_items.size());
  for (std::size_t i = 0; i < departure.size(); ++i)
    items.push_back({"d" + std::to_string(i + 1), ChecklistPart::departure, departure[i]});
  for (std::size_t i = 0; i < return_items.size(); ++i)
    items.push_back({"r" + std::to_string(i + 1), ChecklistPart::return_, return_items[i]});
  return items;
}

}  // namespace domain
