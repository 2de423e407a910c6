#include "crew_file.h"

#include <algorithm>

#include "base/text.h"

namespace fairlead {

using base::Fault;
using domain::Tenant;

namespace {

constexpr std::size_t roles_max = 10;
constexpr int rank_max = 99;
constexpr int answer_within_min = 5;
constexpr int reminder_hours_max = 1440;

void read_credentials(TomlReader& member_reader, std::vector<Fault>& faults,
                      domain::Member& member) {
  for (const toml::table* table : member_reader.tables("credentials", domain::credentials_max)) {
    TomlReader reader(*table, faults, "crew.credentials");
    domain::Credential credential;
    credential.kind = reader.required_handle("kind");
    const auto expires = reader.required_date("expires");
    reader.finish();
    const auto same =
        std::ranges::find(member.credentials, credential.kind, &domain::Credential::kind);
    if (same != member.credentials.end()) reader.fault("kind", "stands twice");
    if (!expires) continue;
    credential.expires = *expires;
    member.credentials.push_back(std::move(credential));
  }
}

// Both are the file's to leave out: what is there already stays.
void read_hours(TomlReader& reader, domain::CivilHours& hours, const std::string& from,
                const std::string& until) {
  hours.from = reader.time_of_day(from).value_or(hours.from);
  hours.until = reader.time_of_day(until).value_or(hours.until);
  if (hours.from < hours.until) return;
  if (reader.has(until))
    reader.fault(until, "must be later than " + from);
  else
    reader.fault(from, "must be earlier than " + until);
}

bool is_held(const domain::Role& role, const Tenant& tenant) {
  return std::ranges::any_of(tenant.members,
                             [&](const domain::Member& member) { return member.holds(role); });
}

domain::RoleRules read_role_rules(TomlReader& reader, domain::RoleRules rules) {
  if (const auto ask = reader.text("ask")) {
    if (*ask != "one" && *ask != "all") reader.fault("ask", "must be \"one\" or \"all\"");
    rules.mode = *ask == "all" ? domain::AskMode::all : domain::AskMode::one;
  }
  if (const auto within = reader.integer("answer_within_minutes", answer_within_min,
                                         domain::answer_within_max.count()))
    rules.answer_within = base::minutes(*within);
  rules.needs = reader.handles("needs", domain::credentials_max);
  return rules;
}

void read_call_roles(TomlReader& call_reader, std::vector<Fault>& faults, Tenant& tenant) {
  const toml::table* table = call_reader.table("roles");
  if (!table) return;
  TomlReader roles(*table, faults, "call.roles");
  if (roles.keys().size() > domain::call_roles_max)
    call_reader.fault("roles", "at most " + std::to_string(domain::call_roles_max) + " roles");
  for (const std::string& name : roles.keys()) {
    const domain::Role role(name);
    if (!is_held(role, tenant)) roles.fault(name, "nobody holds this role");
    const toml::table* rules = roles.table(name);
    if (!rules) continue;
    TomlReader reader(*rules, faults, "call.roles." + name);
    tenant.call.roles[role] = read_role_rules(reader, tenant.call.of(role));
    reader.finish();
  }
}

std::vector<std::chrono::hours> read_reminder_hours(TomlReader& reader, const std::string& key,
                                                    std::vector<std::chrono::hours> unsaid) {
  auto listed = reader.integers(key, 1, reminder_hours_max, domain::reminders_max);
  if (!listed) return unsaid;
  std::ranges::sort(*listed, std::greater());
  if (std::ranges::adjacent_find(*listed) != listed->end())
    reader.fault(key, "names the same hours twice");
  return {listed->begin(), listed->end()};
}

}  // namespace

domain::Member read_member(const toml::table& table, std::vector<Fault>& faults) {
  TomlReader reader(table, faults, "crew");
  domain::Member member;
  member.id = domain::MemberId(reader.required_handle("id"));
  member.name = reader.required_text("name", 80);
  member.email = reader.required_address("email");
  for (const std::string& role : reader.texts("roles", roles_max)) {
    if (!base::is_handle(role, handle_length_max))
      reader.fault("roles", "'" + role + "' must be lower-case letters, digits and hyphens");
    member.roles.emplace_back(role);
  }
  if (member.roles.empty()) reader.fault("roles", "must name at least one role");
  member.rank = static_cast<int>(reader.integer("rank", 1, rank_max).value_or(0));
  member.captain_order = static_cast<int>(reader.integer("captain_order", 1, rank_max).value_or(0));
  read_credentials(reader, faults, member);
  reader.finish();
  return member;
}

void read_call(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  const toml::table* table = top.table("call");
  if (!table) return;
  TomlReader reader(*table, faults, "call");
  read_hours(reader, tenant.call.civil, "civil_from", "civil_until");
  if (const auto hours = reader.integer("fill_by_hours", 0, domain::fill_by_max.count()))
    tenant.call.fill_by = std::chrono::hours(*hours);
  read_call_roles(reader, faults, tenant);
  reader.finish();
}

void read_reminders(TomlReader& top, std::vector<Fault>& faults, Tenant& tenant) {
  const toml::table* table = top.table("reminders");
  if (!table) return;
  TomlReader reader(*table, faults, "reminders");
  domain::ReminderRules& rules = tenant.reminders;
  rules.crew = read_reminder_hours(reader, "crew_hours", rules.crew);
  rules.guest = read_reminder_hours(reader, "guest_hours", rules.guest);
  read_hours(reader, rules.civil, "quiet_until", "quiet_from");
  reader.finish();
}

}  // namespace fairlead
