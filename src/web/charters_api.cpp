#include "web/charters_api.h"

#include "base/text.h"

#include "app/books_record.h"
#include "app/cancel_charter.h"
#include "app/change_charter.h"
#include "app/charter_record.h"
#include "app/list_charters.h"
#include "app/receipt.h"
#include "app/replay_job.h"
#include "app/settle_charter.h"
#include "app/tenant_record.h"

#include "web/change_fields.h"
#include "web/change_json.h"
#include "web/charter_json.h"
#include "web/query.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;

namespace {

domain::CharterId charter_id(const OwnerCall& call) {
  return domain::CharterId(call.path.find("id")->second);
}

base::Result<app::CharterQuery> read_query(const OwnerCall& call, const std::string& zone) {
  app::CharterQuery query;
  query.time = TRY(read_days(call, zone));
  query.vessel = domain::VesselId(TRY(read_parameter(call, "vessel")).value_or(""));
  query.status = TRY(read_parameter(call, "status")).value_or("");
  query.now = call.world.now();
  if (!query.status.empty() && !domain::charter_status_from(query.status))
    return base::invalid("status", "is no status of a charter");
  if (const auto page = TRY(read_parameter(call, "page"))) {
    const auto number = base::parse_unsigned(*page);
    if (!number || *number < 1 || *number > 100'000)
      return base::invalid("page", "must be a number from 1");
    query.page = static_cast<std::size_t>(*number);
  }
  return query;
}

}  // namespace

Response get_charters(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto query = WEB_TRY(read_query(call, tenant.value.zone));
  const auto list = WEB_TRY(app::list_charters(call.store, query));
  json::array charters;
  for (const domain::Charter& charter : list.charters)
    charters.push_back(charter_json(call.world, tenant.value, charter));
  return json_reply(
      200, json::object{{"charters", charters}, {"page", list.page}, {"pages", list.pages}});
}

namespace {

// With what only the owner knows of it.
Response shown(const OwnerCall& call, const domain::Charter& charter) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto intake = WEB_TRY(app::load_intake(call.store, charter.id));
  json::object body = charter_json(call.world, tenant.value, charter);
  if (intake.value.gross) body["gross"] = domain::text_of(*intake.value.gross);
  body["captain_fee"] = domain::name_of(intake.value.captain_fee);
  body["internal_notes"] = intake.value.internal_notes;
  Response response = json_reply(200, body);
  response.set("ETag", revision_tag(charter));
  return response;
}

}  // namespace

Response get_charter(const OwnerCall& call) {
  const auto charter = WEB_TRY(app::load_charter(call.store, charter_id(call)));
  if (!charter) return problem(base::not_found("There is no such charter"));
  return shown(call, charter->value);
}

Response patch_charter(const OwnerCall& call) {
  const auto revision = meant_revision(call.request.head);
  if (!revision) return change_refusal(call.store, charter_id(call), revision.error());
  app::ChangeRequest request = WEB_TRY(read_change(call.request.body));
  request.meant = {charter_id(call), *revision};
  request.actor = call.actor();
  const auto charter = app::change_charter(call.store, call.world, request);
  return charter ? shown(call, *charter)
                 : change_refusal(call.store, charter_id(call), charter.error());
}

Response post_cancel(const OwnerCall& call) {
  app::Cancellation request = WEB_TRY(read_cancellation(call.request.body));
  request.meant.charter = charter_id(call);
  request.actor = call.actor();
  const auto charter = app::cancel_charter(call.store, call.world, request);
  return charter ? shown(call, *charter)
                 : change_refusal(call.store, charter_id(call), charter.error());
}

Response get_receipt(const OwnerCall& call) {
  const auto jobs = WEB_TRY(app::receipt_of(call.store, charter_id(call)));
  return json_reply(200, json::object{{"receipt", receipt_json(jobs)}});
}

Response get_settlement(const OwnerCall& call) {
  return json_reply(200, WEB_TRY(app::settlement_of(call.store, charter_id(call))));
}

Response post_replay(const OwnerCall& call) {
  if (!call.request.body.empty() && base::trimmed(call.request.body) != "{}")
    return problem(base::invalid("body", "must be empty"));
  const domain::JobId id(call.path.find("id")->second);
  const auto job = WEB_TRY(app::replay_job(call.store, call.world, id, call.actor()));
  return json_reply(200, receipt_json({job}).front());
}

}  // namespace web
