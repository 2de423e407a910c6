#include "app/guest_files.h"

#include "app/links.h"
#include "app/render_guest_page.h"
#include "app/write_calendar.h"

namespace app {

std::string guest_html(const GuestPage& page) {
  return render_guest_page(domain::guest_view(page.charter, page.tenant));
}

base::Result<std::string> guest_calendar(const World& world, const GuestPage& page) {
  const EventStamp stamp{event_uid(page.charter.id.text(), page.tenant),
                         page.charter.calendar_sequence(), page.charter.changed_at};
  return write_guest_calendar(domain::guest_view(page.charter, page.tenant),
                              guest_page_url(world, page.tenant, page.charter.slug), stamp);
}

}  // namespace app
