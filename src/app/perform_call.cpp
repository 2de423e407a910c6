#include "app/perform_call.h"

#include "app/fill_seats.h"
#include "app/send_owner_mail.h"
#include "app/send_seat_ask.h"

namespace app {

base::Result<JobResult> perform_call(const ports::TenantStore& store, const JobDesk& desk,
                                     const domain::Job& job) {
  if (job.kind == domain::JobKind::fill_seats) return fill_seats(store, desk.world, job);
  if (job.kind == domain::JobKind::seat_ask) return send_seat_ask(store, desk, job);
  return send_owner_mail(store, desk, job);
}

}  // namespace app
