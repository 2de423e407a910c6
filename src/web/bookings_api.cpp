#include "web/bookings_api.h"

#include "web/booking_json.h"
#include "web/replies.h"

namespace web {

base::Response post_booking(const OwnerCall& call) {
  app::BookingRequest request = WEB_TRY(read_booking(call.request.body));
  request.actor = call.actor();
  request.call = WEB_TRY(call_key(call, call.key_id));
  auto answer = WEB_TRY(app::take_booking(
      call.store, call.world, request,
      [&](const app::TakenBooking& taken) { return write_booking(call.world, taken); }));
  base::Response response = json_text_reply(201, std::move(answer.body));
  if (answer.source == app::BookingAnswer::Source::repeated)
    response.set("Idempotency-Replayed", "true");
  return response;
}

}  // namespace web
