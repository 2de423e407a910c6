// JSON: what is read can be written and read again; Fields never loses a member or a fault.
#include "base/json.h"

#include "fuzz/harness.h"

namespace {

void read_members(const base::json::object& object, std::vector<base::Fault>& faults,
                  const std::string& path) {
  base::Fields fields(object, faults, path);
  for (const auto& member : object) {
    const std::string name(member.key());
    fields.text(name);
    fields.integer(name, -1000, 1000);
    fields.boolean(name);
    fields.texts(name, 4);
    fields.array(name, 4);
    if (const auto* inner = fields.object(name)) read_members(*inner, faults, fields.path_of(name));
  }
  const std::size_t before = faults.size();
  fields.finish();
  fuzz::require(faults.size() == before);  // each member was asked for
}

void check_strict(const base::json::object& object) {
  std::vector<base::Fault> faults;
  base::Fields(object, faults).finish();
  fuzz::require(faults.empty() == object.empty());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = base::parse_json(fuzz::text_of(data, size));
  if (!value) {
    fuzz::require(value.error().kind == base::Kind::malformed);
    return 0;
  }
  const std::string written = base::to_text(*value);
  const auto again = base::parse_json(written);
  fuzz::require(static_cast<bool>(again));
  if (!value->is_object()) return 0;
  std::vector<base::Fault> faults;
  read_members(value->as_object(), faults, "");
  check_strict(value->as_object());
  return 0;
}
