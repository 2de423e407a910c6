#include "app/take_booking.h"

#include "app/ask_record.h"
#include "app/audit.h"
#include "app/books_record.h"
#include "app/charter_record.h"
#include "app/decide.h"
#include "app/job_record.h"
#include "app/new_charter.h"
#include "app/plan_jobs.h"
#include "app/reminder_jobs.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;
using domain::Charter;
using domain::Intake;

namespace {

Result<Intake> intake_of(const BookingRequest& request, const domain::Currency& currency) {
  Intake intake{{}, request.captain_fee, request.internal_notes};
  if (request.gross.empty()) return intake;
  intake.gross = domain::parse_money(request.gross, currency);
  if (!intake.gross)
    return base::invalid("gross",
                         "must be an amount in " + currency.code() + " such as \"840.75\"");
  return intake;
}

Result<void> refuse_known_reference(const ports::OwnerStore& store,
                                    const domain::Booking& booking) {
  if (booking.reference.empty()) return {};
  auto known = TRY(find_reference(store, booking.channel, booking.reference));
  if (!known) return {};
  const std::string message = booking.channel.text() + " " + booking.reference + " is charter " +
                              known->text() + " already";
  return base::Error{base::Kind::conflict, message, "already-booked", {{"reference", message}}};
}

Deed deed_of(const BookingRequest& request, const Charter& charter) {
  Deed deed{request.actor,
            "take_booking",
            charter_partition(charter.id),
            {{"channel", charter.channel.text()}, {"reference", charter.reference}},
            {},
            {{"status", domain::name_of(charter.status)}, {"revision", charter.revision}}};
  if (request.amounts == domain::AmountsInNotes::allowed) deed.facts["amounts_allowed"] = true;
  if (!request.hold.empty()) deed.facts["hold"] = request.hold.text();
  return deed;
}

Result<BookingAnswer> take_once(const ports::OwnerStore& store, const World& world,
                                const BookingRequest& request, const RenderBooking& render) {
  const auto tenant = TRY(load_tenant(store));
  const auto rates = TRY(load_rates(store));
  const Intake intake = TRY(intake_of(request, rates.value.currency));
  TRY(refuse_known_reference(store, request.booking));

  auto changes = store.changes();
  NewCharter wanted{request.booking, request.amounts, NewCharter::Page::yes, request.hold};
  // Not within the braces below: a return from there would leave half a value behind (g++ 12).
  Charter booked = TRY(put_new_charter(store, changes, world, tenant.value, wanted));
  TakenBooking taken{tenant.value, std::move(booked), {}, {}};
  const Charter& charter = taken.charter;
  taken.settlement = domain::settle(intake, charter, rates.value);
  taken.jobs = jobs_for_new(charter, world.now());
  if (auto look = reminders_job(charter, tenant.value.reminders, {}, world.now()))
    taken.jobs.push_back(*std::move(look));

  changes.check(tenant_place(), tenant.version);
  changes.check(rates_place(), rates.version);
  changes.put(intake_place(charter.id), ports::absent, encoded(intake));
  changes.put(settlement_place(charter.id), ports::absent,
              base::to_text(record_of(taken.settlement, charter.revision)));
  for (const domain::Job& job : taken.jobs) plan(changes, job);
  if (!charter.open.empty()) TRY(owe_look(store, changes, charter, world.now()));
  audit(changes, world, deed_of(request, charter), json_of(taken.settlement));
  BookingAnswer answer{render(taken)};
  remember<ports::OwnerPlace>(changes, request.call, answer.body, world.now());
  TRY(store.commit(changes));
  return answer;
}

}  // namespace

Result<BookingAnswer> take_booking(const ports::OwnerStore& store, const World& world,
                                   const BookingRequest& request, const RenderBooking& render) {
  return decide([&] {
    return answered_once<ports::OwnerPlace, BookingAnswer>(
        store, request.call, [&] { return take_once(store, world, request, render); });
  });
}

}  // namespace app
