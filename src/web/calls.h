// Calls: what a handler is given, by who is allowed to call it. The type of a handler is its guard:
// a route without one does not compile, and a crew or guest handler is never handed owner records.
#pragma once

#include <map>
#include <string>

#include "base/http.h"

#include "app/idempotency.h"
#include "app/prove_pass.h"
#include "app/tenancy.h"
#include "app/wrong_tries.h"

namespace web {

class PageCache;

// Values of the {names} in a route's pattern, percent-decoded.
using PathValues = std::map<std::string, std::string, std::less<>>;

struct Call {
  const base::Request& request;
  const PathValues& path;
  const app::World& world;
  std::string_view route;  // "POST /bookings"
  app::WrongTries& tries;
  app::WrongTries& forms;     // how many forms for photos each client was given lately
  const std::string& client;  // who calls (web/client_address.h)
};

// Anybody: pages and addresses that show only what may be forwarded, or that carry their own proof.
struct PublicCall : Call {
  const app::Operations& store;
  PageCache& pages;
};

// Anybody whose body arrives in pieces: it carries its own proof, in the head or in the body. What
// the sink keeps it copies, but for world, which outlives it.
struct StreamCall {
  const base::RequestHead& head;
  const PathValues& path;
  const app::World& world;
  const app::Operations& store;
};

// A dashboard token of this tenant.
struct OwnerCall : Call {
  const app::OwnerRecords& store;
  std::string key_id;
  std::string actor() const { return "dashboard key " + key_id; }
};

// The owner's feed key of this tenant, in the query: machines that read feeds cannot send headers.
struct FeedCall : Call {
  const app::Operations& store;
};

// A service key of this tenant.
struct ServiceCall : Call {
  const app::Operations& store;
  std::string key_id;
  std::string actor() const { return "service key " + key_id; }
};

// A crew member's cookie with a pass for the charter in the path.
struct CrewCall : Call {
  const app::Operations& store;
  app::CrewMate mate;
};

// The same person, wherever it is about them and no charter: any of the passes that the browser
// holds proves who they are.
struct MemberCall : Call {
  const app::Operations& store;
  app::CrewMate mate;
};

// The error to answer a wrong credential with: counted, and after too many of them in a minute
// another one, limited (app/wrong_tries.h). Other errors pass unchanged.
base::Error counted(const Call& call, base::Error error);

// Retry-After, when the error says that the caller has to wait.
void ask_to_wait(base::Response& response, const Call& call, const base::Error& error);
// The problem document, and Retry-After.
base::Response refusal(const Call& call, const base::Error& error);

// The caller's Idempotency-Key. invalid when it is empty, over 255 bytes or not printable ASCII.
base::Result<std::optional<app::CallKey>> call_key(const Call& call, const std::string& credential);

}  // namespace web
