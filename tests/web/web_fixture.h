// The whole router in process: SQLite in a folder of its own, two operators as in examples/, a
// clock that stands still, real adapters behind the jobs. Always: commits() counts every durable
// commit, so "nothing was changed" is "no commit happened".
#pragma once

#include <gtest/gtest.h>

#include "base/json.h"

#include "ports/watched_store.h"

#include "adapters/folder_objects.h"
#include "adapters/local_topic.h"
#include "adapters/maildrop_mailer.h"
#include "adapters/system_clock.h"
#include "app/apply_tenant.h"
#include "app/job_desk.h"

#include "web/router.h"

#include "tests/contracts/fake_clock.h"
#include "tests/contracts/sqlite_fixture.h"

namespace web::testing {

namespace json = base::json;
using base::Method;
using base::Response;

// A request as a transport would hand it over. target may carry a query.
struct Ask {
  Method method = Method::get;
  std::string host;
  std::string target;
  std::string body;
  std::vector<base::Header> headers;
  std::string peer = {};  // empty: a client of its own, so that no other's wrong tries count

  Ask with(std::string name, std::string value) const;
};

// One operator and the credentials that its apply printed.
struct Operator {
  app::TenantFile file;
  std::string token;
  std::string key;

  const domain::Sites& sites() const { return file.tenant.sites; }
  Ask owner(Method method, std::string target, std::string body = {}) const;
  Ask service(Method method, std::string target, std::string body = {}) const;
  Ask crew(Method method, std::string target, std::string body = {}) const;  // without cookie
  Ask guest(std::string target) const;
};

app::TenantFile jada_file();
app::TenantFile tern_file();

// The example booking of the contract; changes are made by path, "/crew/0/role".
json::object example_booking();
std::string changed(json::object body, std::string_view path, json::value value);
std::string without(json::object body, std::string_view name);
// The least that POST /bookings takes.
json::object small_booking(std::string_view starts_at);

json::object object_of(const Response& response);
std::string text_at(const Response& response, std::string_view name);
std::string header_of(const Response& response, std::string_view name);
bool has(std::string_view text, std::string_view part);

// Whether the answer is problem+json of this status and code, and names exactly these fields.
::testing::AssertionResult is_problem(const Response& response, int status, std::string_view code,
                                      const std::vector<std::string>& fields = {});

// A folder that hands out addresses too, where a test wants it to, as S3 does.
class LinkingObjects : public adapters::FolderObjects {
 public:
  using FolderObjects::FolderObjects;

  bool has_addresses = false;
  ports::LinkTerms asked;

  base::Result<std::optional<std::string>> link(const ports::ObjectName& name,
                                                const ports::LinkTerms& terms) override {
    asked = terms;
    if (!has_addresses) return std::optional<std::string>{};
    return std::optional("https://photos.example/" + name.tenant.text() + "/" + name.path);
  }
};

class WebTest : public ::testing::Test {
 protected:
  WebTest();

  // Admitted, then answered, as a transport does it; the cache of ready pages is not asked.
  Response ask(const Ask& question);
  // The same for an address that takes its body as a stream: in two pieces, cut where said.
  Response stream(const Ask& question, std::size_t cut = 0);
  std::filesystem::path objects_folder() const { return folder_.path() / "objects"; }
  std::shared_ptr<const ReadyAnswer> ready(const Ask& question);
  static base::RequestHead head_of(const Ask& question);

  Router& router() { return router_; }
  PageCache& pages() { return pages_; }
  const app::World& world() const { return desk_.world; }
  const app::JobDesk& desk() const { return desk_; }
  const ports::OwnerInstallation& owners() const { return owners_; }
  contracts::FakeClock& clock() { return clock_; }
  LinkingObjects& object_store() { return objects_; }
  void advance_to(base::Instant instant);

  const Operator& jada() const { return jada_; }
  const Operator& tern() const { return tern_; }
  app::AppliedTenant apply(const app::TenantFile& file);

  // The id of the new charter.
  std::string book(const Operator& by, const json::object& body);
  std::string book_example() { return book(jada_, example_booking()); }
  std::string book_tern();
  // Runs what is due, and what only waits for a page, until nothing is.
  void run_jobs();

  // After run_jobs(): the address of a member's personal link, and the cookie it is exchanged for.
  std::string magic_path(const Operator& by, const std::string& charter, const std::string& member);
  std::string cookie_of(const Operator& by, const std::string& charter, const std::string& member);

  int commits() const { return commits_; }
  // The answer, and a failure when anything was committed on the way.
  Response refused(const Ask& question);

 private:
  void heed(const std::vector<ports::Change>& changes);
  Operator applied(app::TenantFile file);

  contracts::FakeClock clock_;
  contracts::TempFolder folder_;
  contracts::OpenedSqlite opened_;
  adapters::SystemEntropy entropy_;
  int commits_ = 0;
  PageCache pages_{100};
  ports::WatchedStore store_;
  LinkingObjects objects_;
  adapters::MaildropMailer mailer_;
  adapters::LocalTopic topic_;
  ports::OwnerInstallation owners_;
  app::JobDesk desk_;
  Router router_;
  Operator jada_;
  Operator tern_;
};

}  // namespace web::testing
