#include "app/photo_jobs.h"

#include "base/text.h"

namespace app {

domain::Job photo_job(const domain::Photo& photo) {
  domain::Job job;
  job.id = photo_job_id(photo.charter, photo.id);
  job.kind = domain::JobKind::photo;
  job.charter = photo.charter;
  job.to = photo.filename;
  job.planned_at = photo.asked_at;
  job.due_at = photo.form_expires_at + photo_upload_takes;
  return job;
}

domain::JobId photo_job_id(const domain::CharterId& charter, const domain::PhotoId& photo) {
  return domain::JobId(charter.text() + "." + std::string(domain::name_of(domain::JobKind::photo)) +
                       "." + photo.text());
}

domain::Job photo_removal_job(const domain::CharterId& charter, const domain::PhotoId& photo,
                              base::Instant now) {
  domain::Job job;
  job.id = photo_job_id(charter, photo);
  job.kind = domain::JobKind::photo;
  job.charter = charter;
  job.planned_at = now;
  job.due_at = now;
  return job;
}

std::optional<domain::PhotoId> photo_of(const domain::JobId& job) {
  const auto parts = base::split(job.text(), '.');
  if (parts.size() != 4 || domain::kind_of(job) != domain::JobKind::photo) return std::nullopt;
  return domain::PhotoId(std::string(parts[3]));
}

}  // namespace app
