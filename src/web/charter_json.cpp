#include "web/charter_json.h"

#include "app/links.h"

namespace web {

namespace json = base::json;
using domain::Charter;

void add_times(json::object& body, const base::Moment& starts, const base::Moment& ends) {
  body["starts_at"] = base::format_offset_time(starts);
  body["ends_at"] = base::format_offset_time(ends);
  body["timezone"] = starts.zone;
  body["starts_at_utc"] = base::format_utc(starts.utc);
  body["ends_at_utc"] = base::format_utc(ends.utc);
}

void add_guest_addresses(json::object& body, const app::World& world, const domain::Tenant& tenant,
                         const Charter& charter) {
  if (!charter.has_guest_page()) return;
  body["slug"] = charter.slug.text();
  body["guest_page"] = app::guest_page_url(world, tenant, charter.slug);
  body["guest_link"] = app::guest_link(world, tenant, charter);
}

json::object charter_json(const app::World& world, const domain::Tenant& tenant,
                          const Charter& charter) {
  const auto status = domain::status_at(charter, world.now());
  json::object body{{"charter", charter.id.text()},    {"status", domain::name_of(status)},
                    {"revision", charter.revision},    {"channel", charter.channel.text()},
                    {"reference", charter.reference},  {"title", charter.title},
                    {"vessel", charter.vessel.text()}, {"dock", charter.dock}};
  add_times(body, charter.starts, charter.ends);
  body["duration_minutes"] = charter.duration_minutes();
  json::object guest{
      {"name", charter.guest.name}, {"email", charter.guest.email}, {"phone", charter.guest.phone}};
  if (charter.guest.party_size > 0) guest["party_size"] = charter.guest.party_size;
  body["guest"] = guest;
  json::array crew;
  for (const domain::Slot& slot : charter.crew)
    crew.push_back(json::object{{"member", slot.member.text()}, {"role", slot.role.text()}});
  for (const domain::Role& role : charter.open) crew.push_back(json::object{{"role", role.text()}});
  body["crew"] = crew;
  body["contract"] = domain::name_of(charter.contract);
  body["crew_notes"] = charter.crew_notes;
  body["guest_notes"] = charter.guest_notes;
  add_guest_addresses(body, world, tenant, charter);
  body["event"] = json::object{{"id", charter.id.text()},
                               {"url", app::crew_page_url(world, tenant, charter.id)}};
  body["booked_at"] = base::format_utc(charter.booked_at);
  if (charter.cancel_cause) body["cancel_cause"] = domain::name_of(*charter.cancel_cause);
  return body;
}

json::object entry_json(const domain::CalendarEntry& entry) {
  json::object body{{"id", entry.id},
                    {"kind", domain::name_of(entry.kind)},
                    {"vessel", entry.vessel.text()},
                    {"title", entry.title}};
  add_times(body, entry.starts, entry.ends);
  if (entry.expires) {
    body["expires_at"] = base::format_offset_time(*entry.expires);
    body["expires_at_utc"] = base::format_utc(entry.expires->utc);
  }
  if (!entry.status.empty()) body["status"] = entry.status;
  if (entry.kind == domain::BusyKind::charter) body["charter"] = entry.id;
  return body;
}

}  // namespace web
