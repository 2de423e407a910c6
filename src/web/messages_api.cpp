#include "web/messages_api.h"

#include "app/preview_messages.h"

#include "web/replies.h"

namespace web {

namespace json = base::json;

namespace {

json::object message_json(const app::Message& message) {
  json::object one{{"kind", domain::name_of(message.kind)},
                   {"to", message.to},
                   {"leaves_at", base::format_utc(message.leaves.utc)},
                   {"leaves_at_dock", base::format_offset_time(message.leaves)},
                   {"quiet", message.by_quiet},
                   {"state", domain::name_of(message.state)}};
  if (!message.member.empty()) one["member"] = message.member.text();
  if (message.before) one["hours_before"] = message.before->count();
  if (!message.job.empty()) one["job"] = message.job.text();
  if (!message.reason.empty()) one["error"] = message.reason;
  return one;
}

}  // namespace

base::Response get_messages(const OwnerCall& call) {
  const domain::CharterId id(call.path.find("id")->second);
  const auto messages = WEB_TRY(app::messages_of(call.store, call.world, id));
  json::array list;
  for (const app::Message& message : messages) list.push_back(message_json(message));
  return json_reply(200, json::object{{"messages", std::move(list)}});
}

}  // namespace web
