#include "doctor_road.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "base/crypto.h"
#include "base/json.h"

#include "adapters/system_clock.h"
#include "app/record_json.h"

#include "web/road.h"

#include "road_advice.h"

namespace fairlead {

namespace json = base::json;
using net::ClientRequest;
using net::ClientResponse;

namespace {

constexpr int wrong_usage = 2;
constexpr std::string_view probe_body = R"({"road":"fairlead-road-probe"})";
const std::string word(web::road_word);

const std::vector<std::string> methods = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

bool takes_body(const std::string& method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

// What the server says arrived.
struct Arrived {
  std::string answer;
  std::string nonce;
  std::string method;
  std::string site;
  bool query = false;
  std::set<std::string> headers;
  std::int64_t body_bytes = 0;
};
// Or why the answer is not the server's.
using Heard = std::variant<Arrived, std::string>;

struct Probe {
  std::string method;
  std::set<std::string> headers;  // of web::road_headers
  std::string nonce;              // empty: no query
};

// A value that carries the word in the form which the header has.
std::string value_for(std::string_view header) {
  if (header == "Authorization") return "Bearer " + word;
  if (header == "Cookie") return "road=" + word;
  if (header == "Origin") return "https://" + word + ".example";
  if (header == "Accept" || header == "Content-Type") return "application/json;road=" + word;
  if (header.starts_with("If-")) return "\"" + word + "\"";
  return word;
}

std::set<std::string> headers_for(const std::string& method) {
  std::set<std::string> headers(web::road_headers.begin(), web::road_headers.end());
  if (!takes_body(method)) headers.erase("Content-Type");
  return headers;
}

std::optional<Arrived> read_answer(const ClientResponse& response) {
  const auto body = base::parse_json_object(response.body);
  if (response.status != 200 || !body || app::text_at(*body, "road") != "fairlead")
    return std::nullopt;
  Arrived arrived;
  arrived.answer = app::text_at(*body, "answer");
  arrived.nonce = app::text_at(*body, "nonce");
  arrived.method = app::text_at(*body, "method");
  arrived.site = printable(app::text_at(*body, "site"));
  arrived.query = app::flag_at(*body, "query");
  arrived.body_bytes = app::number_at(*body, "body_bytes");
  for (const json::value& name : app::list_at(*body, "headers"))
    if (name.is_string()) arrived.headers.emplace(name.get_string());
  return arrived;
}

class Road {
 public:
  explicit Road(net::Endpoint endpoint) : client_(std::move(endpoint)) {}

  std::string fresh_nonce() { return base::base32(entropy_.bytes(10)); }

  Heard ask(const Probe& probe) {
    ClientRequest request;
    request.method = probe.method;
    request.target = std::string(web::road_path);
    if (!probe.nonce.empty()) request.target += "?road=" + word + "&nonce=" + probe.nonce;
    for (const std::string& name : probe.headers)
      request.headers.push_back({name, value_for(name)});
    if (takes_body(probe.method)) request.body = probe_body;
    const auto response = client_.send(request);
    if (!response) return advice_on(response.error());
    if (auto arrived = read_answer(*response)) return *std::move(arrived);
    return advice_on(*response);
  }

  base::Result<ClientResponse> ask_plainly(const ClientRequest& request) {
    return client_.send(request);
  }

 private:
  net::HttpClient client_;
  adapters::SystemEntropy entropy_;
};

// The lines, and whether all of them are good news.
class Report {
 public:
  void good(const std::string& what, const std::string& news = "arrives") {
    said_.out.append(what).append(": ").append(news).append("\n");
  }
  void bad(const std::string& what, const std::string& news) {
    good(what, news);
    said_.exit_code = 1;
  }
  Said said() && { return std::move(said_); }

 private:
  Said said_;
};

std::string join(const std::set<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string mend_for(const std::string& thing) {
  if (thing == "Authorization")
    return "a policy of your own cannot list it; the behaviour needs " +
           std::string(all_viewer_policy) + ", or a cache policy that has it in the key";
  return "the behaviour needs " + std::string(all_viewer_policy);
}

// A whole probe that does not come through: is it one of its headers?
std::string why_not(Road& road, const Probe& whole, const std::string& advice) {
  if (!std::holds_alternative<Arrived>(road.ask({whole.method, {}, {}}))) return advice;
  std::set<std::string> guilty;
  for (const std::string& header : whole.headers)
    if (!std::holds_alternative<Arrived>(road.ask({whole.method, {header}, {}})))
      guilty.insert(header);
  if (guilty.empty()) return advice;
  return "REFUSED as soon as it carries " + join(guilty) + ": " + advice;
}

// What came through by each method that came through at all.
using ByMethod = std::map<std::string, Arrived>;

ByMethod try_methods(Road& road, Report& report) {
  ByMethod came;
  for (const std::string& method : methods) {
    const Probe probe{method, headers_for(method), road.fresh_nonce()};
    const Heard heard = road.ask(probe);
    if (const auto* advice = std::get_if<std::string>(&heard)) {
      report.bad(method, why_not(road, probe, *advice));
      continue;
    }
    const auto& arrived = std::get<Arrived>(heard);
    if (arrived.method == method)
      report.good(method);
    else
      report.bad(method, "ARRIVES AS " + printable(arrived.method) +
                             ": something on the road changes methods");
    came[method] = arrived;
  }
  return came;
}

void tell_eaten(Report& report, const std::string& thing, const std::set<std::string>& eaten_by,
                std::size_t asked) {
  if (eaten_by.empty()) return report.good(thing);
  const std::string where = eaten_by.size() == asked ? "" : " on " + join(eaten_by);
  report.bad(thing, "EATEN" + where + ": " + mend_for(thing));
}

void tell_headers(Report& report, const ByMethod& came) {
  for (const std::string_view view : web::road_headers) {
    const std::string name(view);
    std::set<std::string> eaten_by;
    std::size_t asked = 0;
    for (const auto& [method, arrived] : came) {
      if (!headers_for(method).contains(name)) continue;
      ++asked;
      if (!arrived.headers.contains(name)) eaten_by.insert(method);
    }
    if (asked > 0) tell_eaten(report, name, eaten_by, asked);
  }
}

void tell_query_and_body(Report& report, const ByMethod& came) {
  std::set<std::string> no_query;
  std::set<std::string> no_body;
  std::size_t with_body = 0;
  for (const auto& [method, arrived] : came) {
    if (!arrived.query) no_query.insert(method);
    if (!takes_body(method)) continue;
    ++with_body;
    if (arrived.body_bytes != static_cast<std::int64_t>(probe_body.size())) no_body.insert(method);
  }
  tell_eaten(report, "query", no_query, came.size());
  if (with_body == 0) return;
  if (no_body.empty()) return report.good("body");
  report.bad("body", "CHANGED on " + join(no_body) + ": something on the road rewrites bodies");
}

// Twice the same question, one right after the other: a kept answer is the first one's.
void tell_freshness(Road& road, Report& report) {
  std::set<std::string> answers;
  bool of_another = false;
  constexpr int questions = 2;
  for (int i = 0; i < questions; ++i) {
    const std::string nonce = road.fresh_nonce();
    const Heard heard = road.ask({"GET", headers_for("GET"), nonce});
    const auto* arrived = std::get_if<Arrived>(&heard);
    if (!arrived) return report.bad("freshness", "UNKNOWN: " + std::get<std::string>(heard));
    answers.insert(arrived->answer);
    of_another = of_another || (!arrived->nonce.empty() && arrived->nonce != nonce);
  }
  if (!of_another && answers.size() == questions)
    return report.good("freshness", "each answer is its own");
  report.bad("freshness", "CACHED, one caller's answer is given to another: the behaviour needs " +
                              std::string(no_caching_policy));
}

void tell_site(Report& report, const std::string& site) {
  if (site == "api") return report.good("site", "arrives, an API host: the credential names whose");
  if (!site.empty()) return report.good("site", "arrives, it is a site for " + site);
  report.bad("site",
             "UNKNOWN to the server: the origin's custom header x-fairlead-site must be this host, "
             "x-fairlead-edge the secret that the server knows (a proxy of another kind: pass Host "
             "on), the origin the API that serves such sites, and a tenant must have the host "
             "(fairlead tenant apply)");
}

bool is_fairleads_problem(const ClientResponse& response) {
  return response.header("Content-Type").value_or("").starts_with("application/problem+json");
}

// The two addresses of guests that lead to two origins.
void tell_guest_addresses(Road& road, Report& report) {
  ClientRequest form;
  form.method = "POST";
  form.target = "/g/" + word + "/photos/presign";
  form.headers = {{"Content-Type", "application/json"}};
  form.body = "{}";
  const auto presign = road.ask_plainly(form);
  if (presign && is_fairleads_problem(*presign))
    report.good("guests' forms", "POST /g/…/photos/presign reaches the API");
  else
    report.bad("guests' forms", presign ? advice_on(*presign) : advice_on(presign.error()));
  ClientRequest page;
  page.target = "/g/" + word + ".html";
  const auto missing = road.ask_plainly(page);
  if (missing && missing->status == 404 && !is_s3s(*missing))
    report.good("guests' pages", "one that is not there is a 404 of ours");
  else if (missing && is_s3s(*missing))
    report.bad("guests' pages",
               "S3's own error (" + std::to_string(missing->status) +
                   ") comes through: the origin of /g/* must be an origin group that goes on to "
                   "the API after 403 and 404");
  else
    report.bad("guests' pages", missing ? advice_on(*missing) : advice_on(missing.error()));
}

}  // namespace

Said examine_road(const std::string& url) {
  auto endpoint = net::Endpoint::parse(url);
  if (!endpoint) {
    Said wrong = said(endpoint.error());
    wrong.exit_code = wrong_usage;
    return wrong;
  }
  Road road(std::move(endpoint).value());
  Report report;
  const Heard first = road.ask({"GET", {}, {}});
  if (const auto* advice = std::get_if<std::string>(&first)) {
    report.bad("server", *advice);
    return std::move(report).said();
  }
  report.good("server", "answers");
  const std::string site = std::get<Arrived>(first).site;
  tell_site(report, site);
  const ByMethod came = try_methods(road, report);
  if (!came.empty()) {
    tell_headers(report, came);
    tell_query_and_body(report, came);
  }
  tell_freshness(road, report);
  if (site == "guest") tell_guest_addresses(road, report);
  return std::move(report).said();
}

}  // namespace fairlead
