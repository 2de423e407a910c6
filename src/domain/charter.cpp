#include "domain/charter.h"

namespace domain {

std::string_view name_of(CharterStatus status) {
  switch (status) {
    case CharterStatus::confirmed:
      return "confirmed";
  }
  return "";
}

std::optional<CharterStatus> charter_status_from(std::string_view name) {
  if (name == "confirmed") return CharterStatus::confirmed;
  return std::nullopt;
}

int Charter::duration_minutes() const {
  return static_cast<int>(std::chrono::duration_cast<base::minutes>(ends.utc - starts.utc).count());
}

std::string first_name(const std::string& full_name) {
  const auto start = full_name.find_first_not_of(' ');
  if (start == std::string::npos) return {};
  return full_name.substr(start, full_name.find(' ', start) - start);
}

std::vector<ChecklistItem> checklist_from(const std::vector<std::string>& departure,
                                          const std::vector<std::string>& return_items) {
  std::vector<ChecklistItem> items;
  for (std::size_t i = 0; i < departure.size(); ++i)
    items.push_back({"d" + std::to_string(i + 1), ChecklistPart::departure, departure[i]});
  for (std::size_t i = 0; i < return_items.size(); ++i)
    items.push_back({"r" + std::to_string(i + 1), ChecklistPart::return_, return_items[i]});
  return items;
}

}  // namespace domain
