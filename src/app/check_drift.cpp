#include "app/check_drift.h"

#include "base/log.h"

#include "app/calendar_record.h"
#include "app/renew_artefacts.h"
#include "app/tenant_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::ArtefactState;

namespace {

// Trips further ahead are rare, and looked at in time.
constexpr std::chrono::days looks_ahead{3 * 366};
constexpr const char* actor = "nightly check";

ports::Place report_place() {
  return {"drift", "last"};
}

json::object json_of(const Finding& finding) {
  const domain::Artefact& artefact = finding.artefact;
  return {{"charter", finding.charter.text()},
          {"kind", domain::name_of(artefact.kind)},
          {"to", artefact.to},
          {"rendered", artefact.rendered},
          {"reason", artefact.reason},
          {"job", artefact.job.text()}};
}

Finding finding_from(const json::object& body) {
  domain::Artefact artefact;
  artefact.kind = domain::artefact_kind_from(text_at(body, "kind")).value_or(artefact.kind);
  artefact.to = text_at(body, "to");
  artefact.rendered = static_cast<domain::Revision>(number_at(body, "rendered"));
  artefact.state = ArtefactState::stale;
  artefact.reason = text_at(body, "reason");
  artefact.job = domain::JobId(text_at(body, "job"));
  return {domain::CharterId(text_at(body, "charter")), std::move(artefact)};
}

std::string encoded(const DriftReport& report) {
  json::array findings;
  for (const Finding& finding : report.findings) findings.push_back(json_of(finding));
  return base::to_text(json::object{{"checked_at", base::format_utc(report.checked_at)},
                                    {"charters", report.charters},
                                    {"artefacts", report.artefacts},
                                    {"stale", report.stale},
                                    {"findings", std::move(findings)},
                                    {"part", report.extent == DriftReport::Extent::part}});
}

DriftReport report_from(const json::object& body) {
  DriftReport report;
  report.checked_at = instant_at(body, "checked_at");
  report.charters = static_cast<std::size_t>(number_at(body, "charters"));
  report.artefacts = static_cast<std::size_t>(number_at(body, "artefacts"));
  report.stale = static_cast<std::size_t>(number_at(body, "stale"));
  for (const json::value& value : list_at(body, "findings"))
    if (value.is_object()) report.findings.push_back(finding_from(value.get_object()));
  if (flag_at(body, "part")) report.extent = DriftReport::Extent::part;
  return report;
}

void add(DriftReport& report, const CharterDrift& drift) {
  report.charters += 1;
  report.artefacts += drift.artefacts.size();
  for (const domain::Artefact& artefact : drift.artefacts) {
    if (artefact.state != ArtefactState::stale) continue;
    report.stale += 1;
    if (report.findings.size() < findings_kept_max)
      report.findings.push_back({drift.charter.id, artefact});
  }
}

Result<void> keep(const ports::TenantStore& store, const DriftReport& report) {
  const auto before = TRY(store.get(report_place()));
  auto changes = store.changes();
  changes.put(report_place(), before ? before->version : ports::absent, encoded(report));
  return store.commit(changes);
}

base::Instant last_night(base::Instant now, const std::string& zone) {
  const auto day = base::date_of(base::at(now - nights_look_at, zone).wall);
  return base::start_of_day(day, zone) + nights_look_at;
}

Result<bool> is_due(const ports::TenantStore& store, base::Instant now) {
  const auto last = TRY(last_drift_report(store));
  if (!last) return true;
  return last->checked_at < last_night(now, TRY(load_tenant(store)).value.zone);
}

}  // namespace

Result<DriftReport> check_drift(const ports::OwnerStore& store, const World& world,
                                const KeepGoing& keep_going) {
  DriftReport report{world.now(), 0, 0, 0, {}};
  const domain::Interval span{report.checked_at - domain::page_lives_after_end,
                              report.checked_at + looks_ahead};
  for (const domain::CalendarEntry& entry : TRY(entries_in(store, span))) {
    if (entry.kind != domain::BusyKind::charter) continue;
    if (!keep_going()) {
      report.extent = DriftReport::Extent::part;
      break;
    }
    const domain::CharterId charter(entry.id);
    add(report,
        TRY(renew_artefacts(
            store, world, {charter, entry, RenewRequest::Mails::left_alone, std::string(actor)})));
  }
  TRY(keep(store, report));
  if (report.stale > 0)
    base::log::warning(
        "what tells of charters was stale",
        {{"tenant", store.tenant().text()}, {"artefacts", std::to_string(report.stale)}});
  return report;
}

Result<std::optional<DriftReport>> last_drift_report(const ports::TenantStore& store) {
  const auto loaded = TRY(load<DriftReport>(store, report_place(), report_from));
  return loaded ? std::optional(loaded->value) : std::nullopt;
}

Result<std::size_t> check_tonight(const JobDesk& desk, const KeepGoing& keep_going) {
  std::size_t checked = 0;
  if (!desk.books) return checked;
  for (const domain::TenantId& tenant : TRY(desk.installation.tenants())) {
    if (!keep_going()) break;
    const auto store = desk.books->owner(tenant);
    if (!TRY(is_due(store, desk.world.now()))) continue;
    const auto report = check_drift(store, desk.world, keep_going);
    if (report)
      ++checked;
    else
      base::log::error("cannot check what tells of charters",
                       {{"tenant", tenant.text()}, {"reason", report.error().message}});
  }
  return checked;
}

}  // namespace app
