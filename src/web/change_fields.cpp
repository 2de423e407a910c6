#include "web/change_fields.h"

#include "base/text.h"

#include "app/charter_record.h"

#include "web/replies.h"
#include "web/shared_fields.h"

namespace web {

namespace json = base::json;
using base::Fields;
using base::Result;
using base::TextRule;

namespace {

constexpr TextRule dock_rule{200, false, false};

std::optional<base::WrittenTime> time_in(Fields& fields, std::string_view name) {
  return fields.has(name) ? read_time(fields, name) : std::nullopt;
}

}  // namespace

domain::Change read_shared_change(Fields& fields) {
  domain::Change change;
  if (auto vessel = fields.text("vessel", word_rule))
    change.vessel = domain::VesselId(*std::move(vessel));
  change.title = fields.text("title", title_rule);
  change.dock = fields.text("dock", dock_rule);
  change.starts_at = time_in(fields, "starts_at");
  change.ends_at = time_in(fields, "ends_at");
  if (const auto minutes = fields.integer("duration_minutes", 1, domain::duration_minutes_max))
    change.duration_minutes = static_cast<int>(*minutes);
  if (fields.has("duration_minutes") && fields.has("ends_at"))
    fields.fault("ends_at", "send either duration_minutes or ends_at");
  if (fields.has("crew")) change.crew = read_crew(fields);
  return change;
}

Result<app::EventChange> read_event_change(std::string_view body) {
  const json::object object = TRY(base::parse_json_object(body));
  std::vector<base::Fault> faults;
  Fields fields(object, faults, {}, base::Nulls::refused);
  app::EventChange request;
  request.change = read_shared_change(fields);
  request.change.crew_notes = fields.text("notes", notes_rule);
  refuse_amount(fields, "title", request.change.title.value_or(""));
  refuse_amount(fields, "notes", request.change.crew_notes.value_or(""));
  if (fields.has("allow_amounts"))
    fields.fault("allow_amounts", "only the owner may allow amounts, through the dashboard's API");
  fields.finish();
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return request;
}

Result<domain::Revision> meant_revision(const base::RequestHead& head) {
  const auto given = head.header("If-Match");
  if (!given)
    return base::conflict("Say which revision you mean: If-Match: \"1\"", precondition_required);
  const std::string_view text = base::trimmed(*given);
  const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
  const auto number = quoted ? base::parse_unsigned(text.substr(1, text.size() - 2)) : std::nullopt;
  if (!number || *number < 1 || *number > 4'000'000'000 || text[1] == '0')
    return base::invalid("If-Match", "must be a revision in quotes, as ETag has it: \"1\"");
  return static_cast<domain::Revision>(*number);
}

base::Response change_refusal(const app::Operations& store, const domain::CharterId& charter,
                              const base::Error& error) {
  if (error.code == precondition_required) return problem(428, error.code, error.message);
  if (error.code != app::stale_revision) return problem(error);
  base::Response response = problem(412, error.code, error.message);
  const auto now = WEB_TRY(app::load_charter(store, charter));
  if (now) response.set("ETag", revision_tag(now->value));
  return response;
}

std::string revision_tag(const domain::Charter& charter) {
  return '"' + std::to_string(charter.revision) + '"';
}

}  // namespace web
