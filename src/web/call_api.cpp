#include "web/call_api.h"

#include "app/list_at_risk.h"

#include "web/call_json.h"
#include "web/charter_json.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;

base::Response get_at_risk(const OwnerCall& call) {
  json::array list;
  for (const app::RiskyCharter& one : WEB_TRY(app::list_at_risk(call.store, call.world.now()))) {
    json::object body{{"charter", one.charter.id.text()},
                      {"title", one.charter.title},
                      {"vessel", one.charter.vessel.text()}};
    add_times(body, one.charter.starts, one.charter.ends);
    for (auto& [name, value] : call_json(one.status)) body[name] = value;
    list.push_back(std::move(body));
  }
  return json_reply(200, json::object{{"charters", std::move(list)}});
}

}  // namespace web
