#include "domain/job.h"

#include <algorithm>

#include "base/text.h"

namespace domain {

std::string_view name_of(JobKind kind) {
  switch (kind) {
    case JobKind::guest_page:
      return "guest_page";
    case JobKind::crew_call:
      return "crew_call";
    case JobKind::crew_mail:
      return "crew_mail";
    case JobKind::guest_mail:
      return "guest_mail";
    case JobKind::settle:
      return "settle";
    case JobKind::photo:
      return "photo";
    case JobKind::fill_seats:
      return "fill_seats";
    case JobKind::seat_ask:
      return "seat_ask";
    case JobKind::owner_mail:
      return "owner_mail";
    case JobKind::reminders:
      return "reminders";
    case JobKind::crew_reminder:
      return "crew_reminder";
    case JobKind::guest_reminder:
      return "guest_reminder";
  }
  return "";
}

std::optional<JobKind> job_kind_from(std::string_view name) {
  for (JobKind kind :
       {JobKind::guest_page, JobKind::crew_call, JobKind::crew_mail, JobKind::guest_mail,
        JobKind::settle, JobKind::photo, JobKind::fill_seats, JobKind::seat_ask,
        JobKind::owner_mail, JobKind::reminders, JobKind::crew_reminder, JobKind::guest_reminder})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

bool is_mail(JobKind kind) {
  switch (kind) {
    case JobKind::crew_mail:
    case JobKind::guest_mail:
    case JobKind::seat_ask:
    case JobKind::owner_mail:
    case JobKind::crew_reminder:
    case JobKind::guest_reminder:
      return true;
    case JobKind::guest_page:
    case JobKind::crew_call:
    case JobKind::settle:
    case JobKind::photo:
    case JobKind::fill_seats:
    case JobKind::reminders:
      return false;
  }
  return false;
}

std::string_view name_of(JobState state) {
  switch (state) {
    case JobState::planned:
      return "planned";
    case JobState::done:
      return "done";
    case JobState::failed:
      return "failed";
    case JobState::stale:
      return "stale";
  }
  return "";
}

std::optional<JobState> job_state_from(std::string_view name) {
  for (JobState state : {JobState::planned, JobState::done, JobState::failed, JobState::stale})
    if (name == name_of(state)) return state;
  return std::nullopt;
}

JobId job_id_for(const CharterId& charter, JobKind kind, Revision revision) {
  return JobId(charter.text() + "." + std::string(name_of(kind)) + "." + std::to_string(revision));
}

JobId crew_mail_id_for(const CharterId& charter, Revision revision, const MemberId& member) {
  return JobId(job_id_for(charter, JobKind::crew_mail, revision).text() + "." + member.text());
}

JobId former_guest_mail_id_for(const CharterId& charter, Revision revision) {
  return JobId(job_id_for(charter, JobKind::guest_mail, revision).text() + ".former");
}

bool is_former_guest_mail(const JobId& job) {
  return kind_of(job) == JobKind::guest_mail && job.text().ends_with(".former");
}

CharterId roster_of(const TenantId& tenant) {
  return CharterId(tenant.text() + ".roster");
}

bool is_of_roster(const Job& job) {
  const auto tenant = tenant_of(job.charter);
  return tenant && job.charter == roster_of(*tenant);
}

std::optional<JobKind> kind_of(const JobId& job) {
  const auto parts = base::split(job.text(), '.');
  if (parts.size() < 4) return std::nullopt;
  return job_kind_from(parts[2]);
}

std::chrono::milliseconds backoff_after(int attempts, unsigned char jitter) {
  constexpr std::int64_t longest = 3'600'000;
  const std::int64_t base = std::min<std::int64_t>(longest, 1'000LL << std::clamp(attempts, 1, 12));
  return std::chrono::milliseconds(base + base * jitter / (4 * 255));
}

}  // namespace domain
