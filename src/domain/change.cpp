#include "domain/change.h"

#include <algorithm>
#include <tuple>

#include "base/json.h"
#include "base/text.h"

#include "domain/amounts_in_text.h"

namespace domain {

using base::Result;

namespace {

constexpr std::size_t slug_bytes_max = 60;

base::WrittenTime written(const base::Moment& moment) {
  return {moment.wall, moment.offset};
}

Booking booking_of(const Charter& before, const Change& change) {
  Booking booking;
  booking.channel = before.channel;
  booking.vessel = change.vessel.value_or(before.vessel);
  booking.starts_at = change.starts_at.value_or(written(before.starts));
  if (change.ends_at)
    booking.ends_at = change.ends_at;
  else
    booking.duration_minutes = change.duration_minutes.value_or(before.duration_minutes());
  booking.guest.name = change.guest.name.value_or("");
  booking.guest.party_size = change.guest.party_size.value_or(before.guest.party_size);
  // What stays was let in before; only what is new is looked at.
  booking.title = change.title.value_or("");
  booking.crew = change.crew.value_or(std::vector<Slot>{});
  booking.crew_notes = change.crew_notes.value_or("");
  booking.guest_notes = change.guest_notes.value_or("");
  return booking;
}

Result<void> refuse_slug(const Charter& before, const std::optional<Slug>& slug) {
  if (!slug) return {};
  if (!before.has_guest_page()) return base::invalid("slug", "this charter has no guest page");
  if (!base::is_handle(slug->text(), slug_bytes_max))
    return base::invalid("slug", "must be lower-case letters, digits and single hyphens");
  std::string words = slug->text();
  std::ranges::replace(words, '-', ' ');
  if (looks_like_amount(words))
    return base::invalid("slug", "looks like an amount of money, and everybody can read it");
  if (before.former_slugs.size() >= former_slugs_max && *slug != before.slug)
    return base::invalid("slug", "this page has had 20 names already");
  return {};
}

Result<void> refuse_amount_in_dock(const Change& change, AmountsInNotes amounts) {
  if (amounts == AmountsInNotes::allowed || !change.dock || !looks_like_amount(*change.dock))
    return {};
  return base::invalid("dock",
                       "looks like an amount of money, and crew and guests can read this text");
}

const char* field_of_times(const Change& change) {
  if (change.starts_at) return "starts_at";
  return change.ends_at ? "ends_at" : "duration_minutes";
}

void take_slug(Charter& charter, const std::optional<Slug>& slug) {
  if (!slug || *slug == charter.slug) return;
  std::erase(charter.former_slugs, *slug);
  charter.former_slugs.push_back(charter.slug);
  charter.slug = *slug;
}

// Open seats of the list are not aboard, so places differ.
std::ptrdiff_t place_in(const std::vector<Slot>& wanted, const Slot& slot) {
  return std::ranges::find(wanted, slot.member, &Slot::member) - wanted.begin();
}

bool is_aboard(const Charter& charter, const Slot& slot) {
  return std::ranges::any_of(charter.crew, [&](const Slot& one) {
    return one.member == slot.member && one.role == slot.role;
  });
}

// Who was let aboard stays as good as they were: only who is new to their seat, and who would lack
// for the new time what they had for the old.
Result<void> refuse_lacks(const Charter& before, const Charter& after, const Change& change,
                          const Tenant& tenant) {
  std::vector<base::Fault> faults;
  for (std::size_t i = 0; i < after.crew.size(); ++i) {
    auto lack = lack_of(after.crew[i], tenant, after.ends);
    if (!lack) continue;
    const bool stays = is_aboard(before, after.crew[i]);
    if (stays && lack_of(after.crew[i], tenant, before.ends)) continue;
    std::string field = field_of_times(change);
    if (!stays)
      field = "crew[" + std::to_string(place_in(*change.crew, after.crew[i])) + "].member";
    faults.push_back({std::move(field), *std::move(lack)});
  }
  if (auto error = base::error_from(std::move(faults))) return *std::move(error);
  return {};
}

// One that was made of the guest's name follows it.
std::string title_after(const Charter& before, const Change& change, const Guest& guest) {
  if (change.title) return *change.title;
  const bool was_made = before.title == made_title(before.channel, before.guest.name);
  return was_made ? made_title(before.channel, guest.name) : before.title;
}

// Whoever read the old address is not the guest any more, and must not keep a guest's key.
bool has_left(const Guest& before, const Guest& after) {
  return !before.email.empty() && !base::equal_ignoring_case(before.email, after.email);
}

// A seat that stays keeps when it was asked; one that is new, or another's, is asked now.
void take_seats(Charter& after, const Charter& before, const std::vector<Slot>& wanted) {
  seat(after, wanted);
  for (Slot& slot : after.crew) {
    const auto held = std::ranges::find_if(before.crew, [&](const Slot& one) {
      return one.member == slot.member && one.role == slot.role;
    });
    slot.asked = held == before.crew.end() ? after.revision : held->asked;
  }
}

// Of somebody who declined and then left the tenant's file; a list that is named has none such.
void open_seats_of_strangers(Charter& after, const Tenant& tenant) {
  const auto is_stranger = [&](const Slot& slot) { return !tenant.member(slot.member); };
  for (const Slot& slot : after.crew)
    if (is_stranger(slot)) after.open.push_back(slot.role);
  std::erase_if(after.crew, is_stranger);
}

bool is_the_same(const Charter& one, const Charter& other) {
  const auto guest = [](const Charter& charter) {
    return std::tie(charter.guest.name, charter.guest.email, charter.guest.phone,
                    charter.guest.party_size);
  };
  const auto facts = [](const Charter& charter) {
    return std::tie(charter.title, charter.vessel, charter.dock, charter.starts, charter.ends,
                    charter.crew, charter.open, charter.contract, charter.crew_notes,
                    charter.guest_notes, charter.slug);
  };
  return facts(one) == facts(other) && guest(one) == guest(other);
}

}  // namespace

void take(Guest& guest, const GuestChange& change) {
  guest.name = change.name.value_or(guest.name);
  guest.email = change.email.value_or(guest.email);
  guest.phone = change.phone.value_or(guest.phone);
  guest.party_size = change.party_size.value_or(guest.party_size);
}

Result<void> refuse_over(const Charter& charter, base::Instant now) {
  const CharterStatus status = status_at(charter, now);
  if (status != CharterStatus::cancelled && status != CharterStatus::completed) return {};
  return base::conflict(
      "This charter is " + std::string(name_of(status)) + "; it cannot be changed any more",
      "charter-over");
}

Charter cancelled(const Charter& before, CancelCause cause, base::Instant now) {
  Charter after = before;
  after.revision += 1;
  after.facts_revision = after.revision;
  after.changed_at = now;
  after.status = CharterStatus::cancelled;
  after.cancel_cause = cause;
  return after;
}

Result<void> refuse_captain_on_bareboat(const Charter& charter) {
  const bool has_captain =
      std::ranges::find(charter.crew, captain_role, &Slot::role) != charter.crew.end() ||
      std::ranges::find(charter.open, captain_role) != charter.open.end();
  if (charter.contract == Contract::time_charter || !has_captain) return {};
  return base::invalid("crew", "on a bareboat charter the guest brings the captain");
}

Result<void> refuse_cancelled(const Charter& charter) {
  if (!charter.is_cancelled()) return {};
  return base::conflict("This trip is cancelled", "charter-over");
}

Result<Charter> changed(const Charter& before, const Change& change, const Tenant& tenant,
                        AmountsInNotes amounts, base::Instant now) {
  if (change == Change{}) return before;
  TRY(refuse_over(before, now));
  const Booking booking = booking_of(before, change);
  if (auto error = base::error_from(faults_of(booking, tenant, amounts))) return *std::move(error);
  TRY(refuse_slug(before, change.slug));
  TRY(refuse_amount_in_dock(change, amounts));
  const Span span = TRY(span_of(booking, tenant.zone));
  // It would be over, and locked, before anybody could be told.
  if (span.ends.utc <= now)
    return base::invalid(field_of_times(change), "the trip would be over already");
  Charter after = before;
  after.revision += 1;
  after.vessel = booking.vessel;
  const bool moves = change.vessel && *change.vessel != before.vessel;
  after.dock = change.dock.value_or(moves ? tenant.vessel(booking.vessel)->dock : before.dock);
  after.starts = span.starts;
  after.ends = span.ends;
  after.crew_notes = change.crew_notes.value_or(before.crew_notes);
  after.guest_notes = change.guest_notes.value_or(before.guest_notes);
  take(after.guest, change.guest);
  if (has_left(before.guest, after.guest)) after.guest_key += 1;
  after.title = title_after(before, change, after.guest);
  take_slug(after, change.slug);
  if (change.crew) take_seats(after, before, *change.crew);
  open_seats_of_strangers(after, tenant);
  after.contract = change.contract.value_or(before.contract);
  TRY(refuse_captain_on_bareboat(after));
  TRY(refuse_lacks(before, after, change, tenant));
  // Who is aboard, and as what, is the fact; not who is named first.
  if (std::ranges::is_permutation(before.crew, after.crew)) after.crew = before.crew;
  if (std::ranges::is_permutation(before.open, after.open)) after.open = before.open;
  if (is_the_same(before, after)) return before;
  after.facts_revision = after.revision;
  after.changed_at = now;
  const bool asks_all = after.vessel != before.vessel || after.dock != before.dock ||
                        after.starts != before.starts || after.ends != before.ends;
  if (asks_all)
    for (Slot& slot : after.crew) slot.asked = after.revision;
  return after;
}

}  // namespace domain
