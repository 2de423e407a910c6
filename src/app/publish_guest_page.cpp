#include "app/publish_guest_page.h"

#include "app/charter_record.h"
#include "app/guest_files.h"
#include "app/owe_purge.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

// One of the page's objects and what stood there before the charter was read: a publisher that has
// read an older charter finds the version moved and cannot write over a newer one's page.
struct Place {
  ports::ObjectName name;
  std::optional<ports::Object> before;
};

Result<Place> place_of(const World& world, const domain::TenantId& tenant, std::string path) {
  Place place{{tenant, std::move(path)}, {}};
  auto found = world.objects->get(place.name);
  // What cannot be read is made anew.
  if (!found && found.error().code == ports::damaged_object) {
    TRY(world.objects->remove(place.name));
    return place;
  }
  place.before = TRY(std::move(found));
  return place;
}

enum class Copies { none, old };

Result<Copies> publish(ports::Objects& objects, const Place& place, std::string bytes,
                       const char* content_type, const domain::Job& job) {
  // A try before this one may have died right after it wrote: then what it wrote stands here as if
  // it always had, and nobody has spoken of the copies yet.
  if (place.before && place.before->bytes == bytes && place.before->content_type == content_type)
    return job.attempts > 1 ? Copies::old : Copies::none;
  const std::uint64_t version = place.before ? place.before->version : 0;
  TRY(objects.put(place.name, {std::move(bytes), content_type, version}));
  return place.before ? Copies::old : Copies::none;
}

void add_addresses(std::vector<std::string>& addresses, const Place& place, Copies copies) {
  if (copies == Copies::none) return;
  for (std::string& path : edge_paths(place.name.path)) addresses.push_back(std::move(path));
}

Result<void> take_away(ports::Objects& objects, const domain::TenantId& tenant,
                       const domain::Slug& name, std::vector<std::string>& addresses) {
  for (const char* ending : {".html", ".ics"}) {
    const ports::ObjectName object{tenant, name.text() + ending};
    const auto facts = objects.facts(object);
    if (facts && !*facts) continue;
    if (!facts && facts.error().code != ports::damaged_object) return facts.error();
    TRY(objects.remove(object));
    for (std::string& path : edge_paths(object.path)) addresses.push_back(std::move(path));
  }
  return {};
}

}  // namespace

Result<JobResult> publish_guest_page(const ports::TenantStore& store, const JobDesk& desk,
                                     const domain::Job& job) {
  const auto named = TRY(load_charter(store, job.charter));
  if (!named) return JobResult(JobOutcome::stale);
  const domain::Slug slug = named->value.slug;
  const Place html = TRY(place_of(desk.world, store.tenant(), slug.text() + ".html"));
  const Place calendar = TRY(place_of(desk.world, store.tenant(), slug.text() + ".ics"));
  auto charter = TRY(load_charter(store, job.charter));
  if (!charter || job.revision < charter->value.facts_revision) return JobResult(JobOutcome::stale);
  // Whoever takes old pages away (app/remove_old_pages.h) may have been here already.
  if (charter->value.ends.utc + domain::page_lives_after_end <= desk.world.now())
    return JobResult(JobOutcome::stale);
  if (charter->value.slug != slug) return base::unavailable("The page got another name meanwhile");
  auto tenant = TRY(load_tenant(store));
  const ports::Version rendered = charter->version;
  const auto former = charter->value.former_slugs;
  const GuestPage page{std::move(tenant.value), std::move(charter->value), slug, {}};
  ports::Objects& objects = *desk.world.objects;
  std::vector<std::string> old;
  add_addresses(old, html, TRY(publish(objects, html, guest_html(page), html_type, job)));
  std::string events = TRY(guest_calendar(desk.world, page));
  add_addresses(old, calendar,
                TRY(publish(objects, calendar, std::move(events), calendar_type, job)));
  // Names that the page had lead to it (web/guest_pages); an object there would stand in the way.
  for (const domain::Slug& name : former) TRY(take_away(objects, store.tenant(), name, old));
  if (desk.cdn && !old.empty()) TRY(owe_purge(store, desk.world, old));
  // Where a store of objects knows versions by their bytes, a page that became what it was once
  // lets a late publisher through. It finds out here, and publishes anew.
  const auto now = TRY(load_charter(store, job.charter));
  if (!now || now->version != rendered)
    return base::unavailable("The charter changed while its page was published");
  return JobResult(now->value.revision);
}

}  // namespace app
