#include "app/job_record.h"

#include "app/charter_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::Job;
using domain::JobId;

namespace {

base::Instant whole_seconds(base::Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant);
}

const std::string job_prefix = "job/";

ports::Place job_place(const JobId& job) {
  return {charter_partition(domain::charter_of(job).value_or(domain::CharterId())),
          job_prefix + job.text()};
}

std::string encoded(const Job& job) {
  json::object body{{"id", job.id.text()},
                    {"kind", domain::name_of(job.kind)},
                    {"charter", job.charter.text()},
                    {"revision", job.revision},
                    {"to", job.to},
                    {"member", job.member.text()},
                    {"state", domain::name_of(job.state)},
                    {"planned_at", base::format_utc(job.planned_at)},
                    {"due_at", base::format_utc(job.due_at)},
                    {"attempts", job.attempts},
                    {"last_error", job.last_error}};
  if (job.leased) body["leased"] = true;
  if (!job.told.empty()) body["told"] = job.told;
  if (job.rendered != 0) body["rendered"] = job.rendered;
  if (!job.about.empty()) body["about"] = job.about;
  if (job.finished_at) body["finished_at"] = base::format_utc(*job.finished_at);
  return base::to_text(body);
}

Job job_from(const json::object& body) {
  return {JobId(text_at(body, "id")),
          domain::job_kind_from(text_at(body, "kind")).value_or(domain::JobKind::guest_page),
          domain::CharterId(text_at(body, "charter")),
          static_cast<domain::Revision>(number_at(body, "revision")),
          text_at(body, "to"),
          domain::MemberId(text_at(body, "member")),
          domain::job_state_from(text_at(body, "state")).value_or(domain::JobState::planned),
          instant_at(body, "planned_at"),
          instant_at(body, "due_at"),
          flag_at(body, "leased"),
          static_cast<int>(number_at(body, "attempts")),
          text_at(body, "last_error"),
          optional_instant_at(body, "finished_at"),
          text_at(body, "told"),
          static_cast<domain::Revision>(number_at(body, "rendered")),
          text_at(body, "about")};
}

}  // namespace

Result<std::optional<Loaded<Job>>> load_job(const ports::TenantStore& store, const JobId& job) {
  if (domain::tenant_of(job) != store.tenant() || !domain::charter_of(job))
    return std::optional<Loaded<Job>>{};
  return load<Job>(store, job_place(job), job_from);
}

Result<std::vector<Job>> jobs_of(const ports::TenantStore& store,
                                 const domain::CharterId& charter) {
  std::vector<Job> jobs;
  for (const ports::Stored& stored : TRY(store.scan(
           charter_partition(charter), ports::starting_with(job_prefix), jobs_per_charter_max)))
    jobs.push_back(job_from(TRY(body_of(stored))));
  return jobs;
}

std::optional<domain::JobState> job_state_in(const ports::Change& change) {
  const bool puts_job =
      change.kind == ports::Change::Kind::put && change.key.sort.starts_with(job_prefix);
  if (!puts_job) return std::nullopt;
  const auto body = base::parse_own_object(change.body);
  if (!body) return std::nullopt;
  return domain::job_state_from(text_at(*body, "state"));
}

void plan(ports::Changes& changes, Job job) {
  job.due_at = whole_seconds(job.due_at);
  changes.put(job_place(job.id), ports::absent, encoded(job));
  changes.add_due(job.due_at, job.id);
}

void replan(ports::Changes& changes, const Loaded<Job>& before, Job after) {
  after.due_at = whole_seconds(after.due_at);
  changes.put(job_place(after.id), before.version, encoded(after));
  const bool was_due = before.value.state == domain::JobState::planned;
  if (was_due && before.value.due_at == after.due_at) return;
  if (was_due) changes.remove_due(before.value.due_at, before.value.id);
  changes.add_due(after.due_at, after.id);
}

Job replay(ports::Changes& changes, const Loaded<Job>& before, base::Instant now) {
  Job again = before.value;
  again.state = domain::JobState::planned;
  again.attempts = 0;
  again.last_error.clear();
  again.finished_at.reset();
  again.due_at = now;
  replan(changes, before, again);
  return again;
}

void erase(ports::Changes& changes, const Loaded<Job>& before) {
  changes.remove(job_place(before.value.id), before.version);
  if (before.value.state == domain::JobState::planned)
    changes.remove_due(before.value.due_at, before.value.id);
}

void note(ports::Changes& changes, const Job& job) {
  changes.put(job_place(job.id), ports::absent, encoded(job));
}

void finish(ports::Changes& changes, const Loaded<Job>& before, const Job& after) {
  changes.put(job_place(after.id), before.version, encoded(after));
  if (before.value.state == domain::JobState::planned)
    changes.remove_due(before.value.due_at, before.value.id);
}

}  // namespace app
