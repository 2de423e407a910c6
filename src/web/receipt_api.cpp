#include "web/receipt_api.h"

#include "base/text.h"

#include "app/check_drift.h"
#include "app/drift.h"
#include "app/receipt.h"
#include "app/renew_artefacts.h"
#include "app/replay_job.h"
#include "app/tenant_record.h"

#include "web/query.h"
#include "web/receipt_json.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;
using base::Result;

namespace {

domain::CharterId charter_id(const OwnerCall& call) {
  return domain::CharterId(call.path.find("id")->second);
}

Result<void> refuse_body(const OwnerCall& call) {
  if (call.request.body.empty() || base::trimmed(call.request.body) == "{}") return {};
  return base::invalid("body", "must be empty");
}

json::object drift_json(const app::CharterDrift& drift) {
  return {{"charter", drift.charter.id.text()},
          {"title", drift.charter.title},
          {"revision", drift.charter.revision},
          {"artefacts", artefacts_json(drift.artefacts)}};
}

}  // namespace

Response get_receipt(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto jobs = WEB_TRY(app::receipt_of(call.store, call.world, charter_id(call)));
  const auto drift = WEB_TRY(app::drift_of(call.store, call.world, tenant.value, charter_id(call)));
  return json_reply(200, json::object{{"receipt", receipt_json(jobs)},
                                      {"revision", drift.charter.revision},
                                      {"artefacts", artefacts_json(drift.artefacts)}});
}

Response get_drift(const OwnerCall& call) {
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  const auto query = WEB_TRY(read_charter_query(call, tenant.value.zone));
  const auto list = WEB_TRY(app::list_entries(call.store, query));
  json::array charters;
  for (const domain::CalendarEntry& entry : list.entries)
    charters.push_back(drift_json(WEB_TRY(
        app::drift_of(call.store, call.world, tenant.value, domain::CharterId(entry.id), entry))));
  json::object body{{"charters", std::move(charters)}, {"page", list.page}, {"pages", list.pages}};
  const auto last = WEB_TRY(app::last_drift_report(call.store));
  body["last_check"] = last ? json::value(report_json(*last)) : json::value(nullptr);
  return json_reply(200, body);
}

Response post_renew(const OwnerCall& call) {
  WEB_TRY(refuse_body(call));
  app::RenewRequest request;
  request.charter = charter_id(call);
  request.actor = call.actor();
  auto found = WEB_TRY(app::renew_artefacts(call.store, call.world, request));
  std::erase_if(found.artefacts, [](const domain::Artefact& artefact) {
    return artefact.state != domain::ArtefactState::stale;
  });
  return json_reply(200, json::object{{"renewed", artefacts_json(found.artefacts)}});
}

Response post_replay(const OwnerCall& call) {
  WEB_TRY(refuse_body(call));
  const domain::JobId id(call.path.find("id")->second);
  const auto job = WEB_TRY(app::replay_job(call.store, call.world, id, call.actor()));
  return json_reply(200, receipt_json({job}).front());
}

}  // namespace web
