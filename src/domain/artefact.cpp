#include "domain/artefact.h"

namespace domain {

std::string_view name_of(ArtefactKind kind) {
  switch (kind) {
    case ArtefactKind::guest_page:
      return "guest_page";
    case ArtefactKind::guest_calendar:
      return "guest_calendar";
    case ArtefactKind::former_address:
      return "former_address";
    case ArtefactKind::calendar_entry:
      return "calendar_entry";
    case ArtefactKind::crew_page:
      return "crew_page";
    case ArtefactKind::crew_mail:
      return "crew_mail";
    case ArtefactKind::guest_mail:
      return "guest_mail";
    case ArtefactKind::books:
      return "books";
  }
  return "";
}

std::optional<ArtefactKind> artefact_kind_from(std::string_view name) {
  using enum ArtefactKind;
  for (ArtefactKind kind : {guest_page, guest_calendar, former_address, calendar_entry, crew_page,
                            crew_mail, guest_mail, books})
    if (name == name_of(kind)) return kind;
  return std::nullopt;
}

std::string_view name_of(ArtefactState state) {
  switch (state) {
    case ArtefactState::current:
      return "current";
    case ArtefactState::due:
      return "due";
    case ArtefactState::stale:
      return "stale";
  }
  return "";
}

}  // namespace domain
