#include "web/charters_api.h"

#include "app/books_record.h"
#include "app/cancel_charter.h"
#include "app/change_charter.h"
#include "app/charter_record.h"
#include "app/list_charters.h"
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

}  // namespace

Response get_charters(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto query = WEB_TRY(read_charter_query(call, tenant.value.zone));
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
  if (const auto gross = domain::earned(intake.value, charter))
    body["gross"] = domain::text_of(*gross);
  body["captain_fee"] = domain::name_of(intake.value.captain_fee);
  if (intake.value.cancelled_hours) body["cancelled_hours"] = intake.value.cancelled_hours->text();
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

Response get_settlement(const OwnerCall& call) {
  return json_reply(200, WEB_TRY(app::settlement_of(call.store, charter_id(call))));
}

}  // namespace web
