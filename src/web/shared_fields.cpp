#include "web/shared_fields.h"

#include "base/text.h"

#include "domain/amounts_in_text.h"
#include "domain/tenant.h"

namespace web {

namespace json = base::json;
using base::Fields;

namespace {

constexpr std::size_t handle_length_max = 40;

}  // namespace

std::string read_handle(Fields& fields, std::string_view name) {
  std::string text = fields.required_text(name);
  if (!text.empty() && !base::is_handle(text, handle_length_max)) {
    fields.fault(name, "must be lower-case letters, digits and hyphens");
    return {};
  }
  return text;
}

std::optional<base::WrittenTime> read_time(Fields& fields, std::string_view name) {
  const auto text = fields.text(name);
  if (!text) {
    if (!fields.has(name)) fields.fault(name, "is required");
    return std::nullopt;
  }
  auto time = base::parse_written_time(*text);
  if (!time) {
    fields.fault(name, time.error().message);
    return std::nullopt;
  }
  return *time;
}

std::vector<domain::Slot> read_crew(Fields& parent) {
  std::vector<domain::Slot> crew;
  const json::array* list = parent.array("crew", domain::crew_per_charter_max);
  if (!list) return crew;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string path = parent.path_of("crew[" + std::to_string(i) + "]");
    if (!(*list)[i].is_object()) {
      parent.faults().push_back({path, "must be an object"});
      continue;
    }
    Fields fields((*list)[i].get_object(), parent.faults(), path);
    const bool is_open = !fields.has("member");
    crew.push_back({domain::MemberId(is_open ? "" : fields.required_text("member")),
                    domain::Role(fields.required_text("role"))});
    fields.finish();
  }
  return crew;
}

std::optional<domain::Contract> read_contract(Fields& fields) {
  const auto text = fields.text("contract", word_rule);
  if (!text) return std::nullopt;
  const auto contract = domain::contract_from(*text);
  if (!contract) fields.fault("contract", "must be time-charter or bareboat");
  return contract;
}

void refuse_amount(Fields& fields, std::string_view name, std::string_view text) {
  if (domain::looks_like_amount(text))
    fields.fault(name, "looks like an amount of money, and the crew can read this text");
}

}  // namespace web
