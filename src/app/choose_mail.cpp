#include "app/choose_mail.h"

#include "app/write_cancel_mail.h"
#include "app/write_change_mail.h"
#include "app/write_crew_mail.h"
#include "app/write_guest_mail.h"

namespace app {

using base::Result;
using domain::CharterStatus;

namespace {

Farewell farewell_of(const domain::Charter& charter, const domain::Tenant& tenant,
                     const std::string& name, const Facts& told) {
  const auto view = domain::guest_view(charter, tenant);
  return {view.operator_name,
          name,
          view.boat,
          view.starts,
          view.ends,
          view.place,
          text_of(told, "when"),
          text_of(told, "where")};
}

}  // namespace

Result<std::optional<Mail>> mail_for_crew(const domain::CrewMailView& view, const Told& told,
                                          Asked asked, const MailFrame& frame) {
  if (view.page.status == CharterStatus::cancelled) {
    if (told.is_nothing()) return std::optional<Mail>{};
    return std::optional(TRY(write_crew_cancellation(view, told.facts, frame)));
  }
  if (told.facts.empty()) return std::optional(TRY(write_crew_mail(view, frame)));
  const auto changes = changes_between(told.facts, facts_of(view.page));
  if (!changes.empty()) return std::optional(TRY(write_crew_change(view, changes, frame)));
  if (asked == Asked::stands) return std::optional<Mail>{};
  return std::optional(TRY(write_crew_mail(view, frame)));
}

Result<std::optional<Mail>> mail_for_guest(const domain::GuestMailView& view, const Told& told,
                                           const MailFrame& frame) {
  if (view.page.status == CharterStatus::cancelled) {
    if (told.is_nothing()) return std::optional<Mail>{};
    return std::optional(TRY(write_guest_cancellation(view, told.facts, frame)));
  }
  if (told.facts.empty()) return std::optional(TRY(write_guest_mail(view, frame)));
  const auto changes = changes_between(told.facts, facts_of(view));
  if (changes.empty()) return std::optional<Mail>{};
  return std::optional(TRY(write_guest_change(view, changes, frame)));
}

Result<Mail> farewell_mail(const domain::Charter& charter, const domain::Tenant& tenant,
                           Farewell::Why why, const Facts& told, const MailFrame& frame) {
  Farewell about = farewell_of(charter, tenant, frame.to_name, told);
  about.why = why;
  return write_crew_farewell(about, frame);
}

Result<Mail> former_guest_mail(const domain::Charter& charter, const domain::Tenant& tenant,
                               const Facts& told, const MailFrame& frame) {
  return write_guest_farewell(farewell_of(charter, tenant, {}, told), frame);
}

}  // namespace app
