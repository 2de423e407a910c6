#include "app/settle_charter.h"

#include "app/books_record.h"
#include "app/charter_record.h"
#include "app/decide.h"

namespace app {

using base::Result;

Result<base::json::object> settlement_of(const ports::OwnerStore& store,
                                         const domain::CharterId& charter) {
  const auto loaded = TRY(load_charter(store, charter));
  if (!loaded) return base::not_found("There is no such charter");
  if (const auto stored = TRY(store.get(settlement_place(charter)))) {
    auto body = TRY(body_of(*stored));
    const bool is_of_today = number_at(body, "revision") == loaded->value.revision;
    body.erase("revision");
    if (is_of_today) return body;
  }
  const auto intake = TRY(load_intake(store, charter));
  const auto rates = TRY(load_rates(store));
  return json_of(domain::settle(intake.value, loaded->value, rates.value));
}

Result<std::optional<domain::Artefact>> settlement_artefact(const ports::OwnerStore& store,
                                                            const domain::Charter& charter,
                                                            const std::vector<domain::Job>& jobs) {
  const auto stored = TRY(store.get(settlement_place(charter.id)));
  if (!stored) return std::optional<domain::Artefact>{};
  domain::Artefact books{domain::ArtefactKind::books, "the owner"};
  books.rendered = static_cast<domain::Revision>(number_at(TRY(body_of(*stored)), "revision"));
  if (books.rendered == charter.revision) return std::optional(std::move(books));
  books.reason = "is of another revision";
  books.state = domain::ArtefactState::stale;
  for (const domain::Job& job : jobs) {
    if (job.kind != domain::JobKind::settle) continue;
    books.job = job.id;
    if (job.state == domain::JobState::planned) books.state = domain::ArtefactState::due;
  }
  return std::optional(std::move(books));
}

Result<JobResult> settle_charter(const ports::OwnerStore& store, const domain::Job& job) {
  return decide([&]() -> Result<JobResult> {
    const auto charter = TRY(load_charter(store, job.charter));
    if (!charter) return JobResult(JobOutcome::stale);
    const auto intake = TRY(load_intake(store, job.charter));
    const auto rates = TRY(load_rates(store));
    const auto before = TRY(store.get(settlement_place(job.charter)));
    const auto settlement = domain::settle(intake.value, charter->value, rates.value);
    auto changes = store.changes();
    changes.check(charter_place(job.charter), charter->version);
    changes.check(intake_place(job.charter), intake.version);
    changes.check(rates_place(), rates.version);
    changes.put(settlement_place(job.charter), before ? before->version : ports::absent,
                base::to_text(record_of(settlement, charter->value.revision)));
    TRY(store.commit(changes));
    return JobResult(charter->value.revision);
  });
}

}  // namespace app
