#include "app/publish_guest_page.h"

#include "app/charter_record.h"
#include "app/guest_files.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

const char* const html_type = "text/html; charset=utf-8";
const char* const calendar_type = "text/calendar; charset=utf-8";

// One of the page's objects and what stood there before the charter was read: a publisher that has
// read an older charter finds the version moved and cannot write over a newer one's page.
struct Place {
  ports::ObjectName name;
  std::optional<ports::Object> before;
};

Result<Place> place_of(const World& world, const domain::TenantId& tenant, std::string path) {
  Place place{{tenant, std::move(path)}, {}};
  place.before = TRY(world.objects->get(place.name));
  return place;
}

Result<void> publish(ports::Objects& objects, const Place& place, std::string bytes,
                     const char* content_type) {
  if (place.before && place.before->bytes == bytes) return {};
  const std::uint64_t version = place.before ? place.before->version : 0;
  TRY(objects.put(place.name, {std::move(bytes), content_type, version}));
  return {};
}

}  // namespace

Result<JobOutcome> publish_guest_page(const ports::TenantStore& store, const JobDesk& desk,
                                      const domain::Job& job) {
  const auto named = TRY(load_charter(store, job.charter));
  if (!named) return JobOutcome::stale;
  const domain::Slug slug = named->value.slug;
  const Place html = TRY(place_of(desk.world, store.tenant(), slug.text() + ".html"));
  const Place calendar = TRY(place_of(desk.world, store.tenant(), slug.text() + ".ics"));
  auto charter = TRY(load_charter(store, job.charter));
  if (!charter || job.revision < charter->value.facts_revision) return JobOutcome::stale;
  if (charter->value.slug != slug) return base::unavailable("The page got another name meanwhile");
  auto tenant = TRY(load_tenant(store));
  const ports::Version rendered = charter->version;
  const GuestPage page{std::move(tenant.value), std::move(charter->value), slug, {}};
  TRY(publish(*desk.world.objects, html, guest_html(page), html_type));
  TRY(publish(*desk.world.objects, calendar, TRY(guest_calendar(desk.world, page)), calendar_type));
  // Where a store of objects knows versions by their bytes, a page that became what it was once
  // lets a late publisher through. It finds out here, and publishes anew.
  const auto now = TRY(load_charter(store, job.charter));
  if (!now || now->version != rendered)
    return base::unavailable("The charter changed while its page was published");
  return JobOutcome::done;
}

}  // namespace app
