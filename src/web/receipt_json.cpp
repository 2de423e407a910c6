#include "web/receipt_json.h"

#include "web/call_json.h"

namespace web {

namespace json = base::json;

namespace {

json::object artefact_json(const domain::Artefact& artefact) {
  json::object body{{"kind", domain::name_of(artefact.kind)},
                    {"to", artefact.to},
                    {"state", domain::name_of(artefact.state)},
                    {"rendered_revision", artefact.rendered}};
  if (!artefact.reason.empty()) body["reason"] = artefact.reason;
  if (!artefact.job.empty()) body["job"] = artefact.job.text();
  return body;
}

json::array checklist_json(const std::vector<app::Ticked>& checklist) {
  json::array list;
  for (const app::Ticked& one : checklist) {
    json::object item{{"item", one.item.id}, {"text", one.item.text}, {"done", one.done}};
    if (one.at) {
      item["by"] = one.by;
      item["at"] = base::format_utc(*one.at);
    }
    list.push_back(std::move(item));
  }
  return list;
}

}  // namespace

json::object receipt_json(const app::Receipt& receipt) {
  return {{"receipt", jobs_json(receipt.jobs)},
          {"revision", receipt.revision},
          {"artefacts", artefacts_json(receipt.artefacts)},
          {"call", call_json(receipt.call)},
          {"checklist", checklist_json(receipt.checklist)}};
}

json::array jobs_json(const std::vector<domain::Job>& jobs) {
  json::array list;
  for (const domain::Job& job : jobs) {
    json::object one{{"job", job.id.text()},
                     {"kind", domain::name_of(job.kind)},
                     {"to", job.to},
                     {"state", domain::name_of(job.state)},
                     {"due_at", base::format_utc(job.due_at)},
                     {"revision", job.revision},
                     {"attempts", job.attempts}};
    if (job.rendered != 0) one["rendered_revision"] = job.rendered;
    if (!job.last_error.empty()) one["error"] = job.last_error;
    if (job.finished_at) one["finished_at"] = base::format_utc(*job.finished_at);
    list.push_back(std::move(one));
  }
  return list;
}

json::array artefacts_json(const std::vector<domain::Artefact>& artefacts) {
  json::array list;
  for (const domain::Artefact& artefact : artefacts) list.push_back(artefact_json(artefact));
  return list;
}

json::object report_json(const app::DriftReport& report) {
  json::array stale;
  for (const app::Finding& finding : report.findings) {
    json::object one = artefact_json(finding.artefact);
    one["charter"] = finding.charter.text();
    stale.push_back(std::move(one));
  }
  return {{"checked_at", base::format_utc(report.checked_at)},
          {"complete", report.extent == app::DriftReport::Extent::all},
          {"charters", report.charters},
          {"artefacts", report.artefacts},
          {"stale", report.stale},
          {"findings", std::move(stale)}};
}

}  // namespace web
