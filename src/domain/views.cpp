#include "domain/views.h"

#include "domain/photo.h"

namespace domain {

std::string_view name_of(Answer answer) {
  switch (answer) {
    case Answer::none:
      return "none";
    case Answer::yes:
      return "yes";
    case Answer::no:
      return "no";
  }
  return "";
}

std::optional<Answer> answer_from(std::string_view name) {
  if (name == "yes") return Answer::yes;
  if (name == "no") return Answer::no;
  return std::nullopt;
}

std::optional<CancelCause> told_cause(const Charter& charter) {
  if (charter.status != CharterStatus::cancelled) return std::nullopt;
  const bool is_told = charter.cancel_cause == CancelCause::weather ||
                       charter.cancel_cause == CancelCause::duplicate;
  return is_told ? charter.cancel_cause : std::nullopt;
}

Place place_at(const std::string& dock, const Vessel* vessel) {
  if (!vessel || (!dock.empty() && dock != vessel->dock)) return {dock, {}, {}};
  return {vessel->dock, vessel->latitude, vessel->longitude};
}

Place place_of(const Charter& charter, const Vessel* vessel) {
  return place_at(charter.dock, vessel);
}

GuestView guest_view(const Charter& charter, const Tenant& tenant) {
  const Vessel* vessel = tenant.vessel(charter.vessel);
  GuestView view;
  view.operator_name = tenant.name;
  view.guest_first_name = first_name(charter.guest.name);
  view.place = place_of(charter, vessel);
  view.starts = charter.starts;
  view.ends = charter.ends;
  view.slug = charter.slug.text();
  view.status = charter.status;
  view.told_cause = told_cause(charter);
  view.contract = charter.contract;
  if (charter.has_guest_page() && charter.status != CharterStatus::cancelled)
    view.uploads_close =
        base::at(upload_window(charter, tenant.upload_close_hours_after).closes, tenant.zone);
  if (!vessel) return view;
  view.boat = vessel->name;
  view.boat_description = vessel->description;
  view.bring = vessel->bring;
  // Said of the vessel's own dock.
  if (charter.dock == vessel->dock) view.arrival_note = vessel->arrival_note;
  return view;
}

GuestMailView guest_mail_view(const Charter& charter, const Tenant& tenant,
                              std::string guest_link) {
  const Vessel* vessel = tenant.vessel(charter.vessel);
  return {guest_view(charter, tenant),   charter.guest.name,  charter.guest.party_size,
          vessel ? vessel->contact : "", charter.guest_notes, std::move(guest_link)};
}

}  // namespace domain
