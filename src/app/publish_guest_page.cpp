#include "app/publish_guest_page.h"

#include "app/charter_record.h"
#include "app/guest_files.h"
#include "app/tenant_record.h"

namespace app {

using base::Result;

namespace {

Result<void> publish(ports::Objects& objects, const ports::ObjectName& name, std::string bytes,
                     const char* content_type) {
  const auto before = TRY(objects.get(name));
  if (before && before->bytes == bytes) return {};
  TRY(objects.put(name, {std::move(bytes), content_type, before ? before->version : 0}));
  return {};
}

}  // namespace

Result<JobOutcome> publish_guest_page(const ports::TenantStore& store, const JobDesk& desk,
                                      const domain::Job& job) {
  auto charter = TRY(load_charter(store, job.charter));
  if (!charter || job.revision < charter->value.facts_revision) return JobOutcome::stale;
  auto tenant = TRY(load_tenant(store));
  const domain::Slug slug = charter->value.slug;
  const GuestPage page{std::move(tenant.value), std::move(charter->value), slug, {}};
  const domain::TenantId& owner = store.tenant();
  TRY(publish(*desk.world.objects, {owner, slug.text() + ".html"}, guest_html(page),
              "text/html; charset=utf-8"));
  TRY(publish(*desk.world.objects, {owner, slug.text() + ".ics"},
              TRY(guest_calendar(desk.world, page)), "text/calendar; charset=utf-8"));
  return JobOutcome::done;
}

}  // namespace app
