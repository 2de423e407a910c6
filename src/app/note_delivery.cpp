#include "app/note_delivery.h"

#include "base/text.h"

#include "app/audit.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"

namespace app {

using base::Result;
using domain::Job;
using ports::DeliveryNotice;

namespace {

constexpr std::size_t reason_bytes_max = 300;

std::string beginning(DeliveryNotice::Kind kind) {
  switch (kind) {
    case DeliveryNotice::Kind::bounced:
      return "The mail came back";
    case DeliveryNotice::Kind::doubtful:
      return "The mail may not have arrived";
    case DeliveryNotice::Kind::complained:
      return "The recipient reported the mail as spam";
  }
  return {};
}

std::string said(const DeliveryNotice& notice) {
  std::string text = beginning(notice.kind);
  if (!notice.reason.empty())
    text.append(": ").append(base::cut_utf8(notice.reason, reason_bytes_max));
  return text;
}

Result<void> note_once(const ports::TenantStore& store, const World& world,
                       const DeliveryNotice& notice) {
  const auto found = TRY(load_job(store, domain::JobId(notice.mail)));
  if (!found || !domain::is_mail(found->value.kind) ||
      base::lowered(found->value.to) != base::lowered(notice.recipient))
    return base::not_found("No such mail was sent");
  if (found->value.leased) return base::unavailable("This mail is just being sent");
  if (found->value.state != domain::JobState::done) return {};
  Job job = found->value;
  job.last_error = said(notice);
  if (notice.kind == DeliveryNotice::Kind::bounced) job.state = domain::JobState::failed;
  if (job.last_error == found->value.last_error) return {};
  auto changes = store.changes();
  finish(changes, *found, job);
  audit(changes, world,
        {"mail service", "note_delivery", charter_partition(job.charter), {{"job", notice.mail}}});
  return store.commit(changes);
}

}  // namespace

Result<void> note_delivery(const ports::Installation& installation, const World& world,
                           const DeliveryNotice& notice) {
  const auto tenant = domain::tenant_of(domain::JobId(notice.mail));
  if (!tenant) return base::not_found("No such mail was sent");
  return decide([&] { return note_once(installation.operations(*tenant), world, notice); });
}

}  // namespace app
