#include "app/pass_record.h"

#include "domain/tenant.h"

#include "app/charter_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::Pass;
using domain::PassId;

ports::Place pass_place(const PassId& pass) {
  return {"pass/" + pass.text(), "pass"};
}

std::string encoded(const Pass& pass) {
  return base::to_text(json::object{{"id", pass.id.text()},
                                    {"charter", pass.charter.text()},
                                    {"member", pass.member.text()},
                                    {"revoked", pass.revoked}});
}

Result<std::optional<Loaded<Pass>>> load_pass(const ports::TenantStore& store, const PassId& pass) {
  return load<Pass>(store, pass_place(pass), [](const json::object& body) {
    return Pass{PassId(text_at(body, "id")), domain::CharterId(text_at(body, "charter")),
                domain::MemberId(text_at(body, "member")), flag_at(body, "revoked")};
  });
}

namespace {

constexpr std::string_view called_prefix = "called/";

PassId pass_from(const json::object& body) {
  return PassId(text_at(body, "pass"));
}

}  // namespace

ports::Place called_place(const domain::CharterId& charter, const domain::MemberId& member) {
  return {charter_partition(charter), std::string(called_prefix) + member.text()};
}

std::string encoded_called(const PassId& pass) {
  return base::to_text(json::object{{"pass", pass.text()}});
}

Result<std::optional<PassId>> find_called(const ports::TenantStore& store,
                                          const domain::CharterId& charter,
                                          const domain::MemberId& member) {
  auto loaded = TRY(load<PassId>(store, called_place(charter, member), pass_from));
  if (!loaded) return std::optional<PassId>{};
  return std::optional(loaded->value);
}

Result<std::vector<Called>> called_of(const ports::TenantStore& store,
                                      const domain::CharterId& charter) {
  std::vector<Called> called;
  for (const ports::Stored& stored :
       TRY(store.scan(charter_partition(charter), ports::starting_with(std::string(called_prefix)),
                      domain::members_max)))
    called.push_back({domain::MemberId(stored.sort.substr(called_prefix.size())),
                      pass_from(TRY(body_of(stored))), stored.version});
  return called;
}

}  // namespace app
