#include "app/drift.h"

#include <iterator>

#include "app/calendar_record.h"
#include "app/charter_record.h"
#include "app/job_record.h"
#include "app/mail_artefacts.h"
#include "app/page_artefacts.h"
#include "app/settle_charter.h"

namespace app {

using base::Result;
using domain::Artefact;
using domain::ArtefactKind;
using domain::ArtefactState;

namespace {

void append(Artefacts& all, Artefacts more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Artefact calendar_artefact(const domain::Charter& charter,
                           const std::optional<domain::CalendarEntry>& shown) {
  Artefact artefact{ArtefactKind::calendar_entry, "calendar and feed"};
  if (shown) artefact.rendered = shown->sequence + 1;
  if (shown && says_the_same(*shown, entry_of(charter))) return artefact;
  artefact.state = ArtefactState::stale;
  artefact.reason = shown ? "does not say what the charter says" : "is not there";
  return artefact;
}

}  // namespace

Result<CharterDrift> drift_of(const ports::OwnerStore& store, const World& world,
                              const domain::Tenant& tenant, const domain::CharterId& id,
                              const std::optional<domain::CalendarEntry>& shown) {
  const auto loaded = TRY(load_charter(store, id));
  if (!loaded) return base::not_found("There is no such charter");
  const domain::Charter& charter = loaded->value;
  auto jobs = TRY(jobs_of(store, id));
  const Subject subject{store, world, tenant, charter, jobs};
  Artefacts artefacts = TRY(page_artefacts(subject));
  artefacts.push_back(
      calendar_artefact(charter, shown ? shown : TRY(stored_entry(store, entry_of(charter)))));
  if (!charter.crew.empty())
    artefacts.push_back({ArtefactKind::crew_page, "/charters/" + id.text(), charter.revision});
  append(artefacts, TRY(mail_artefacts(subject)));
  if (auto books = TRY(settlement_artefact(store, charter, jobs)))
    artefacts.push_back(*std::move(books));
  return CharterDrift{charter, loaded->version, std::move(artefacts), std::move(jobs)};
}

}  // namespace app
