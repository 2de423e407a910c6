#include "app/charter_record.h"

#include <algorithm>

#include "domain/slug.h"

#include "app/calendar_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::Charter;
using domain::CharterId;

namespace {

ports::Place slug_place(const std::string& name) {
  return {"page/" + name, "page"};
}
ports::Place reference_place(const domain::Channel& channel, const std::string& reference) {
  return {"reference/" + channel.text() + "/" + reference, "reference"};
}

json::object json_of(const domain::Guest& guest) {
  return {{"name", guest.name},
          {"email", guest.email},
          {"phone", guest.phone},
          {"party_size", guest.party_size}};
}

domain::Guest guest_from(const json::object& body) {
  return {text_at(body, "name"), text_at(body, "email"), text_at(body, "phone"),
          static_cast<int>(number_at(body, "party_size"))};
}

// Beside what is shown of a seat, with which revision it was asked.
json::array record_of(const std::vector<domain::Slot>& crew) {
  json::array list = app::json_of(crew);
  for (std::size_t i = 0; i < crew.size(); ++i)
    if (crew[i].asked != 1) list[i].get_object()["asked"] = crew[i].asked;
  return list;
}

domain::Slot slot_from(const json::object& body) {
  const auto asked = static_cast<domain::Revision>(number_at(body, "asked"));
  return {domain::MemberId(text_at(body, "member")), domain::Role(text_at(body, "role")),
          std::max<domain::Revision>(asked, 1)};
}

json::array json_of(const std::vector<domain::ChecklistItem>& items) {
  json::array list;
  for (const domain::ChecklistItem& item : items)
    list.push_back(json::object{{"id", item.id},
                                {"departure", item.part == domain::ChecklistPart::departure},
                                {"text", item.text}});
  return list;
}

std::string page_body(const CharterId& charter) {
  return base::to_text(json::object{{"charter", charter.text()}});
}

}  // namespace

json::array json_of(const std::vector<domain::Slot>& crew) {
  json::array list;
  for (const domain::Slot& slot : crew)
    list.push_back(json::object{{"member", slot.member.text()}, {"role", slot.role.text()}});
  return list;
}

std::string charter_partition(const CharterId& charter) {
  return "charter/" + charter.text();
}
ports::Place charter_place(const CharterId& charter) {
  return {charter_partition(charter), "charter"};
}

json::object facts_on_record(const Charter& charter) {
  json::object body{{"id", charter.id.text()},
                    {"revision", charter.revision},
                    {"facts_revision", charter.facts_revision},
                    {"status", domain::name_of(charter.status)},
                    {"channel", charter.channel.text()},
                    {"reference", charter.reference},
                    {"title", charter.title},
                    {"vessel", charter.vessel.text()},
                    {"dock", charter.dock},
                    {"starts", json_of(charter.starts)},
                    {"ends", json_of(charter.ends)},
                    {"guest", json_of(charter.guest)},
                    {"crew", record_of(charter.crew)},
                    {"crew_notes", charter.crew_notes},
                    {"guest_notes", charter.guest_notes},
                    {"slug", charter.slug.text()},
                    {"checklist", json_of(charter.checklist)},
                    {"booked_at", base::format_utc(charter.booked_at)}};
  json::array open;
  for (const domain::Role& role : charter.open) open.emplace_back(role.text());
  if (!open.empty()) body["open"] = std::move(open);
  if (charter.contract != domain::Contract::time_charter)
    body["contract"] = domain::name_of(charter.contract);
  if (charter.guest_key > 0) body["guest_key"] = charter.guest_key;
  if (charter.cancel_cause) body["cancel_cause"] = domain::name_of(*charter.cancel_cause);
  if (charter.changed_at != charter.booked_at)
    body["changed_at"] = base::format_utc(charter.changed_at);
  json::array former;
  for (const domain::Slug& slug : charter.former_slugs) former.emplace_back(slug.text());
  if (!former.empty()) body["former_slugs"] = std::move(former);
  return body;
}

std::string encoded(const Charter& charter) {
  return base::to_text(facts_on_record(charter));
}

Charter charter_from(const json::object& body) {
  Charter charter;
  charter.id = CharterId(text_at(body, "id"));
  charter.revision = static_cast<domain::Revision>(number_at(body, "revision"));
  charter.facts_revision = static_cast<domain::Revision>(number_at(body, "facts_revision"));
  charter.status = domain::charter_status_from(text_at(body, "status"))
                       .value_or(domain::CharterStatus::confirmed);
  charter.cancel_cause = domain::cancel_cause_from(text_at(body, "cancel_cause"));
  for (const json::value& slug : list_at(body, "former_slugs"))
    if (slug.is_string()) charter.former_slugs.emplace_back(std::string(slug.get_string()));
  charter.channel = domain::Channel(text_at(body, "channel"));
  charter.reference = text_at(body, "reference");
  charter.title = text_at(body, "title");
  charter.vessel = domain::VesselId(text_at(body, "vessel"));
  charter.dock = text_at(body, "dock");
  charter.starts = moment_at(body, "starts");
  charter.ends = moment_at(body, "ends");
  charter.guest = guest_from(object_at(body, "guest"));
  charter.guest_key = static_cast<std::uint32_t>(number_at(body, "guest_key"));
  for (const json::value& value : list_at(body, "crew"))
    if (value.is_object()) charter.crew.push_back(slot_from(value.get_object()));
  for (const json::value& role : list_at(body, "open"))
    if (role.is_string()) charter.open.emplace_back(std::string(role.get_string()));
  charter.contract = domain::contract_from(text_at(body, "contract")).value_or(charter.contract);
  charter.crew_notes = text_at(body, "crew_notes");
  charter.guest_notes = text_at(body, "guest_notes");
  charter.slug = domain::Slug(text_at(body, "slug"));
  for (const json::value& value : list_at(body, "checklist"))
    if (value.is_object())
      charter.checklist.push_back({text_at(value.get_object(), "id"),
                                   flag_at(value.get_object(), "departure")
                                       ? domain::ChecklistPart::departure
                                       : domain::ChecklistPart::return_,
                                   text_at(value.get_object(), "text")});
  charter.booked_at = instant_at(body, "booked_at");
  charter.changed_at =
      body.contains("changed_at") ? instant_at(body, "changed_at") : charter.booked_at;
  return charter;
}

Result<std::optional<Loaded<Charter>>> load_charter(const ports::TenantStore& store,
                                                    const CharterId& charter) {
  if (domain::tenant_of(charter) != store.tenant()) return std::optional<Loaded<Charter>>{};
  return load<Charter>(store, charter_place(charter), charter_from);
}

Result<std::optional<CharterId>> find_page_name(const ports::TenantStore& store,
                                                const std::string& name) {
  auto loaded = TRY(load<CharterId>(store, slug_place(name), [](const json::object& body) {
    return CharterId(text_at(body, "charter"));
  }));
  if (!loaded) return std::optional<CharterId>{};
  return std::optional(loaded->value);
}

Result<std::optional<CharterId>> find_reference(const ports::TenantStore& store,
                                                const domain::Channel& channel,
                                                const std::string& reference) {
  auto loaded =
      TRY(load<CharterId>(store, reference_place(channel, reference), [](const json::object& body) {
        return CharterId(text_at(body, "charter"));
      }));
  if (!loaded) return std::optional<CharterId>{};
  return std::optional(loaded->value);
}

Result<domain::Slug> free_slug(const ports::TenantStore& store, const domain::Channel& channel,
                               std::chrono::year_month_day day) {
  for (int nth = 1; nth <= domain::slug_tries_max; ++nth) {
    domain::Slug slug = domain::slug_for(channel, day, nth);
    if (!TRY(store.get(slug_place(slug.text())))) return slug;
  }
  return base::conflict("Too many guest pages for one channel and day");
}

Result<void> put_new(const ports::TenantStore& store, ports::Changes& changes,
                     const Charter& charter) {
  changes.put(charter_place(charter.id), ports::absent, encoded(charter));
  put_entry(changes, entry_of(charter));
  if (!charter.reference.empty())
    changes.put(reference_place(charter.channel, charter.reference), ports::absent,
                base::to_text(json::object{{"charter", charter.id.text()}}));
  if (!charter.has_guest_page()) return {};
  changes.put(slug_place(charter.slug.text()), ports::absent, page_body(charter.id));
  // /g/{reference}.html leads to the page, unless the name is taken: then the first keeps it.
  const bool nameable =
      domain::is_page_name(charter.reference) && charter.reference != charter.slug.text();
  if (nameable && !TRY(store.get(slug_place(charter.reference))))
    changes.put(slug_place(charter.reference), ports::absent, page_body(charter.id));
  return {};
}

void put_changed(ports::Changes& changes, const Charter& charter, ports::Version version) {
  changes.put(charter_place(charter.id), version, encoded(charter));
}

namespace {

// A name that this charter has had stays its own.
Result<void> take_slug(const ports::TenantStore& store, ports::Changes& changes,
                       const Charter& charter) {
  const auto place = slug_place(charter.slug.text());
  const auto held = TRY(store.get(place));
  if (!held) {
    changes.put(place, ports::absent, page_body(charter.id));
    return {};
  }
  changes.check(place, held->version);
  if (text_at(TRY(body_of(*held)), "charter") == charter.id.text()) return {};
  const std::string message = "another page has the name " + charter.slug.text();
  return base::Error{base::Kind::conflict, message, "slug-taken", {{"slug", message}}};
}

}  // namespace

Result<void> put_moved(const ports::TenantStore& store, ports::Changes& changes,
                       const Loaded<Charter>& before, const Charter& after) {
  put_changed(changes, after, before.version);
  TRY(replace_entry(store, changes, entry_of(before.value), entry_of(after)));
  if (after.slug != before.value.slug && after.has_guest_page())
    TRY(take_slug(store, changes, after));
  return {};
}

domain::CalendarEntry entry_of(const Charter& charter) {
  return {charter.id.text(),
          domain::BusyKind::charter,
          charter.vessel,
          charter.title,
          charter.starts,
          charter.ends,
          std::string(domain::name_of(charter.status)),
          charter.changed_at,
          charter.calendar_sequence(),
          charter.dock};
}

domain::Busy busy_of(const Charter& charter) {
  return {{charter.starts.utc, charter.ends.utc},
          domain::BusyKind::charter,
          charter.id.text(),
          charter.title,
          {},
          charter.vessel};
}

}  // namespace app
