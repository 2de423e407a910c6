#include "tests/web/web_fixture.h"

#include "base/text.h"

#include "app/call_crew.h"
#include "app/due_jobs.h"
#include "app/pass_record.h"
#include "app/run_job.h"

namespace web::testing {

namespace {

domain::Money amount(std::string_view text, const char* currency) {
  return *domain::parse_money(text, *domain::Currency::parse(currency));
}

domain::Decimal decimal(std::string_view text) {
  return *domain::Decimal::parse(text);
}

domain::Member member(std::string id, std::string name, std::vector<domain::Role> roles) {
  const std::string email = id + "@crew.example";
  return {domain::MemberId(std::move(id)), std::move(name), email, std::move(roles)};
}

domain::Sites sites_of(const std::string& name) {
  return {"ops." + name + ".localhost", "crew." + name + ".localhost",
          "guest." + name + ".localhost"};
}

Ask asked(Method method, const std::string& host, std::string target, std::string body) {
  return {method, host, std::move(target), std::move(body), {}};
}

}  // namespace

Ask Ask::with(std::string name, std::string value) const {
  Ask more = *this;
  more.headers.push_back({std::move(name), std::move(value)});
  return more;
}

Ask Operator::owner(Method method, std::string target, std::string body) const {
  return asked(method, sites().ops, std::move(target), std::move(body))
      .with("X-Dashboard-Token", token);
}

Ask Operator::service(Method method, std::string target, std::string body) const {
  return asked(method, sites().crew, std::move(target), std::move(body)).with("X-Service-Key", key);
}

Ask Operator::crew(Method method, std::string target, std::string body) const {
  return asked(method, sites().crew, std::move(target), std::move(body));
}

Ask Operator::guest(std::string target) const {
  return asked(Method::get, sites().guest, std::move(target), {});
}

app::TenantFile jada_file() {
  const domain::Role captain("captain");
  const domain::Role crew("crew");
  app::TenantFile file;
  domain::Tenant& tenant = file.tenant;
  tenant.id = domain::TenantId("jada");
  tenant.name = "JADA Charters";
  tenant.zone = "America/Los_Angeles";
  tenant.currency = "USD";
  tenant.sites = sites_of("jada");
  tenant.owner_email = "owner@sailjada.example";
  tenant.mail_from = "JADA Charters <bookings@sailjada.example>";
  domain::Vessel vessel;
  vessel.id = domain::VesselId("jada");
  vessel.name = "JADA";
  vessel.dock = "Harbor Island, west dock";
  vessel.arrival_note = "The gate opens 20 minutes before departure.";
  vessel.bring = {"Soft-soled shoes", "A jacket"};
  vessel.contact = "+1 619 555 0100";
  vessel.passengers_max = 12;
  vessel.turnaround_minutes = 60;
  vessel.latitude = 32.7252;
  vessel.longitude = -117.205;
  tenant.vessels.push_back(vessel);
  vessel.id = domain::VesselId("skiff");
  vessel.name = "Skiff";
  tenant.vessels.push_back(vessel);
  tenant.members = {member("ana", "Ana Reyes", {captain}),
                    member("ben", "Ben Okafor", {captain, crew}),
                    member("cleo", "Cleo Lindgren", {crew})};
  tenant.departure_checklist = {"Life jackets counted", "VHF radio check", "Fuel and bilge"};
  tenant.return_checklist = {"Lines and fenders", "Heads and galley"};
  file.rates.currency = *domain::Currency::parse("USD");
  file.rates.pay[captain] = {amount("50.00", "USD"), std::nullopt};
  file.rates.pay[crew] = {amount("25.00", "USD"), decimal("5")};
  file.rates.fees = {{"port_tax", decimal("18")}};
  return file;
}

app::TenantFile tern_file() {
  const domain::Role captain("captain");
  app::TenantFile file;
  domain::Tenant& tenant = file.tenant;
  tenant.id = domain::TenantId("tern");
  tenant.name = "Tern Sailing";
  tenant.zone = "Europe/Lisbon";
  tenant.currency = "EUR";
  tenant.sites = sites_of("tern");
  tenant.owner_email = "owner@ternsailing.example";
  domain::Vessel vessel;
  vessel.id = domain::VesselId("tern");
  vessel.name = "Tern";
  vessel.dock = "Doca de Belém, pontoon C";
  vessel.passengers_max = 8;
  vessel.turnaround_minutes = 45;
  tenant.vessels.push_back(vessel);
  tenant.members = {member("rui", "Rui Tavares", {captain})};
  tenant.departure_checklist = {"Forecast read out"};
  file.rates.currency = *domain::Currency::parse("EUR");
  file.rates.pay[captain] = {amount("32.50", "EUR"), std::nullopt};
  return file;
}

json::object example_booking() {
  return base::parse_json_object(R"({"channel":"boatsetter","reference":"XHQGMDH","vessel":"jada",
    "starts_at":"2027-05-30T16:30","duration_minutes":180,
    "guest":{"name":"Dana Whitfield","email":"dana@guest.example","phone":"+16195550100",
             "party_size":6},
    "gross":"840.75","captain_fee":"operator",
    "crew":[{"member":"ana","role":"captain"},{"member":"ben","role":"crew"},
            {"member":"cleo","role":"crew"}],
    "crew_notes":"Guests bring their own food","guest_notes":"",
    "internal_notes":"Paid through Boatsetter"})")
      .value();
}

std::string changed(json::object body, std::string_view path, json::value value) {
  json::value whole = std::move(body);
  json::value* place = &whole;
  for (std::string_view name : base::split(path.substr(1), '/'))
    place = place->is_array()
                ? &place->as_array().at(static_cast<std::size_t>(*base::parse_unsigned(name)))
                : &place->as_object()[name];
  *place = std::move(value);
  return base::to_text(whole);
}

std::string without(json::object body, std::string_view name) {
  body.erase(name);
  return base::to_text(body);
}

json::object small_booking(std::string_view starts_at) {
  return {{"channel", "direct"},
          {"vessel", "jada"},
          {"starts_at", starts_at},
          {"duration_minutes", 60}};
}

json::object object_of(const Response& response) {
  auto body = base::parse_json_object(response.body);
  EXPECT_TRUE(body) << response.status << " " << response.body;
  return body ? std::move(body).value() : json::object();
}

std::string text_at(const Response& response, std::string_view name) {
  const json::object body = object_of(response);
  const json::value* value = body.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : "";
}

std::string header_of(const Response& response, std::string_view name) {
  return std::string(response.header(name).value_or(""));
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

::testing::AssertionResult is_problem(const Response& response, int status, std::string_view code,
                                      const std::vector<std::string>& fields) {
  const auto failure = [&](std::string_view what) {
    return ::testing::AssertionFailure() << what << ": " << response.status << " " << response.body;
  };
  if (response.status != status) return failure("not " + std::to_string(status));
  if (header_of(response, "Content-Type") != "application/problem+json") return failure("no type");
  const auto body = base::parse_json_object(response.body);
  if (!body) return failure("no JSON");
  const json::object& problem = *body;
  for (std::string_view name : {"type", "title", "status", "detail"})
    if (!problem.contains(name)) return failure("without " + std::string(name));
  if (problem.at("type") != json::string("urn:fairlead:problem:" + std::string(code)))
    return failure("not of type " + std::string(code));
  if (problem.at("status") != json::value(status)) return failure("another status in the body");
  std::vector<std::string> named;
  if (const json::value* errors = problem.if_contains("errors"))
    for (const json::value& error : errors->as_array())
      named.emplace_back(error.at("field").as_string());
  if (named != fields) return failure("names other fields");
  return ::testing::AssertionSuccess();
}

WebTest::WebTest()
    : opened_(clock_),
      store_(opened_.store(), [this](const auto& changes) { heed(changes); }),
      objects_(folder_.path() / "objects", std::string(32, 'k')),
      mailer_(folder_.path() / "maildrop"),
      topic_([this](const ports::CrewAnnouncement& call) {
        return app::call_crew(desk_.installation.operations(call.tenant), desk_.world, call);
      }),
      owners_(store_),
      desk_{owners_,
            {&clock_, &entropy_, &objects_, std::string(32, 'k'), "https://{host}"},
            &mailer_,
            &topic_,
            &owners_},
      router_(app::Tenancy(owners_), desk_.world, pages_),
      jada_(applied(jada_file())),
      tern_(applied(tern_file())) {}

// As serve.cpp does it: a charter's commit drops its pages, an operator's commit all of them.
void WebTest::heed(const std::vector<ports::Change>& changes) {
  ++commits_;
  for (const ports::Change& change : changes) {
    if (change.kind == ports::Change::Kind::check) continue;
    const auto parts = base::split(change.key.partition, '/');
    if (parts.size() == 3 && parts[1] == "charter" && change.key.sort == "charter")
      pages_.drop(domain::CharterId(std::string(parts[2])));
    if (parts.size() == 2 && parts[1] == "tenant" && change.key.sort == "tenant") pages_.drop_all();
  }
}

app::AppliedTenant WebTest::apply(const app::TenantFile& file) {
  auto done = app::apply_tenant(owners_, desk_.world, file);
  EXPECT_TRUE(done) << done.error().message;
  return done ? std::move(done).value() : app::AppliedTenant{};
}

Response WebTest::stream(const Ask& question, std::size_t cut) {
  StreamStart start = router_.open(head_of(question));
  if (auto* answer = std::get_if<Response>(&start)) return *std::move(answer);
  const auto sink = std::get<std::unique_ptr<BodySink>>(std::move(start));
  const std::string_view body = question.body;
  for (const std::string_view piece : {body.substr(0, cut), body.substr(cut)})
    if (auto early = sink->take(piece)) return *std::move(early);
  return sink->finish();
}

Operator WebTest::applied(app::TenantFile file) {
  const app::AppliedTenant made = apply(file);
  return {std::move(file), made.dashboard_token, made.service_key};
}

base::RequestHead WebTest::head_of(const Ask& question) {
  base::RequestHead head;
  head.method = question.method;
  head.host = question.host;
  const auto mark = question.target.find('?');
  head.path = question.target.substr(0, mark);
  if (mark != std::string::npos) head.query = question.target.substr(mark + 1);
  head.headers = question.headers;
  if (!question.body.empty())
    head.headers.push_back({"Content-Length", std::to_string(question.body.size())});
  static int strangers = 0;
  head.peer = question.peer.empty() ? "10.0." + std::to_string(strangers / 256 % 256) + "." +
                                          std::to_string(strangers % 256)
                                    : question.peer;
  ++strangers;
  return head;
}

Response WebTest::ask(const Ask& question) {
  const base::RequestHead head = head_of(question);
  const Admission admission = router_.admit(head);
  if (admission.refusal) return *admission.refusal;
  if (question.body.size() > admission.body_bytes_max)
    return router_.problem(413, "the body is longer than this address takes", nullptr);
  return router_.answer({head, question.body});
}

std::shared_ptr<const ReadyAnswer> WebTest::ready(const Ask& question) {
  return router_.ready({question.host, question.target, {}});
}

Response WebTest::refused(const Ask& question) {
  const int before = commits_;
  Response response = ask(question);
  EXPECT_GE(response.status, 400) << question.target;
  EXPECT_EQ(commits_, before) << "a refusal changed something: " << question.target;
  return response;
}

void WebTest::advance_to(base::Instant instant) {
  clock_.advance(instant - clock_.now());
}

std::string WebTest::book(const Operator& by, const json::object& body) {
  const Response response = ask(by.owner(Method::post, "/bookings", base::to_text(body)));
  EXPECT_EQ(response.status, 201) << response.body;
  return text_at(response, "charter");
}

std::string WebTest::book_tern() {
  json::object body = small_booking("2027-05-30T10:00");
  body["vessel"] = "tern";
  body["crew"] = {{{"member", "rui"}, {"role", "captain"}}};
  return book(tern_, body);
}

// What comes in days, as reminders do, is left alone.
void WebTest::run_jobs() {
  const base::Instant end = clock_.now() + std::chrono::hours(2);
  constexpr int rounds_max = 20;
  for (int round = 0; round < rounds_max; ++round) {
    const auto due = app::due_jobs(desk_, 100);
    ASSERT_TRUE(due) << due.error().message;
    for (const domain::JobId& job : *due) ASSERT_TRUE(app::run_job(desk_, job));
    const auto next = app::next_due(desk_);
    ASSERT_TRUE(next) << next.error().message;
    if (!*next || **next > end) return;
    if (**next > clock_.now()) clock_.advance(**next - clock_.now());
  }
  FAIL() << "jobs are left over";
}

std::string WebTest::magic_path(const Operator& by, const std::string& charter,
                                const std::string& member) {
  const auto store = desk_.installation.operations(by.file.tenant.id);
  const auto pass =
      app::find_called(store, domain::CharterId(charter), domain::MemberId(member)).value();
  EXPECT_TRUE(pass) << member << " was not called";
  if (!pass) return "";
  return "/c/" + domain::token_for(desk_.world.server_key, by.file.tenant.id, *pass,
                                   domain::TokenUse::magic_link);
}

std::string WebTest::cookie_of(const Operator& by, const std::string& charter,
                               const std::string& member) {
  const Response opened = ask(by.crew(Method::get, magic_path(by, charter, member)));
  EXPECT_EQ(opened.status, 303);
  const std::string cookie = header_of(opened, "Set-Cookie");
  return cookie.substr(0, cookie.find(';'));
}

}  // namespace web::testing
