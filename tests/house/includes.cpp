// Who may include whom: each folder of src has its own list, for our headers and for everybody
// else's.
#include <regex>

#include "tests/house/tree.h"

namespace house {
namespace {

struct FolderRule {
  std::set<std::string> ours;        // folders of src
  std::vector<std::string> vendors;  // prefixes of <...>
  std::string not_standard;  // C++ headers it does without: what would be I/O, clock, chance
};

constexpr const char* no_world = "^(fstream|filesystem|iostream|random|thread|future)$";
constexpr const char* no_files = "^(fstream|filesystem|iostream|random)$";

const std::map<std::string, FolderRule>& folder_rules() {
  static const std::vector<std::string> posix = {"sys/",     "fcntl.h", "unistd.h", "signal.h",
                                                 "poll.h",   "netdb.h", "netinet/", "arpa/",
                                                 "syslog.h", "time.h",  "stdlib.h", "sched.h"};
  static const auto with_posix = [](std::vector<std::string> vendors) {
    vendors.insert(vendors.end(), posix.begin(), posix.end());
    return vendors;
  };
  static const std::map<std::string, FolderRule> rules = {
      {"base",
       {{"base"},
        // arpa/inet.h: reading addresses, which is no I/O.
        {"openssl/", "boost/json", "absl/time", "spdlog/", "crypt.h", "zlib.h", "brotli/",
         "arpa/inet.h"},
        no_files}},
      {"domain", {{"base", "domain"}, {}, no_world}},
      {"ports", {{"base", "domain", "ports"}, {}, no_world}},
      {"app", {{"base", "domain", "ports", "app"}, {}, no_files}},
      {"web", {{"base", "domain", "app", "web"}, {}, no_files}},
      {"net", {{"base", "net"}, {"boost/asio", "boost/beast", "boost/system", "openssl/"}, "^$"}},
      {"adapters", {{"base", "domain", "ports", "net", "adapters"}, with_posix({}), "^$"}},
      {"transports",
       {{"base", "web", "transports"},
        with_posix({"boost/asio", "boost/beast", "boost/system"}),
        no_files}},
      {"develop", {{"base", "develop"}, with_posix({"vips/"}), "^$"}},
      // main, config, wiring, tenant_file: the only place where a port meets an adapter.
      {"",
       {{"", "base", "domain", "ports", "app", "web", "net", "adapters", "transports"},
        with_posix({"CLI/", "toml++/"}),
        "^$"}},
  };
  return rules;
}

// What one file may include beyond its folder: the brand's own library, and the doors that work
// without a request.
std::vector<std::string> extra_vendors(const std::string& folder, const std::string& brand) {
  if (folder != "adapters") return {};
  if (brand == "sqlite") return {"sqlite3.h"};
  if (brand == "smtp") return {"curl/"};
  return {};
}
bool may_include_folder(const FolderRule& rule, const std::string& path,
                        const std::string& folder) {
  static const std::set<std::string> doors_without_request = {"ticker", "control_socket"};
  if (rule.ours.contains(folder)) return true;
  // The platform of a Lambda function is called, not listened to.
  if (folder_of(path) == "transports" && stem_of(path) == "lambda_runtime" && folder == "net")
    return true;
  return folder_of(path) == "transports" && folder == "app" &&
         doors_without_request.contains(stem_of(path));
}

std::string brand_of(const std::string& path) {
  const std::string stem = stem_of(path);
  return stem.substr(0, stem.find('_'));
}
// Adapters are strangers to one another. Shared tools of the folder, which are no brand:
bool is_shared_tool(const std::string& name) {
  static const std::set<std::string> tools = {
      "adapters/durable_file.h",  // write whole or not at all: folder, maildrop and key need it
  };
  return tools.contains(name);
}

std::optional<std::string> fault_of(const std::string& path, const Include& include) {
  const FolderRule& rule = folder_rules().at(folder_of(path));
  if (include.form == Include::Form::ours) {
    const std::size_t slash = include.name.find('/');
    const std::string folder = slash == std::string::npos ? "" : include.name.substr(0, slash);
    if (!may_include_folder(rule, path, folder)) return "may not include " + include.name;
    if (folder_of(path) == "adapters" && folder == "adapters" && !is_shared_tool(include.name) &&
        brand_of(path) != brand_of(include.name)) {
      return "adapters are strangers to one another: " + include.name;
    }
    return std::nullopt;
  }
  static const std::regex standard("^[a-z_0-9]+$");
  if (std::regex_match(include.name, standard)) {
    return std::regex_match(include.name, std::regex(rule.not_standard))
               ? std::optional("does without <" + include.name + ">")
               : std::nullopt;
  }
  std::vector<std::string> allowed = rule.vendors;
  for (const std::string& more : extra_vendors(folder_of(path), brand_of(path))) {
    allowed.push_back(more);
  }
  const bool known = std::any_of(allowed.begin(), allowed.end(), [&](const std::string& prefix) {
    return include.name.starts_with(prefix);
  });
  return known ? std::nullopt : std::optional("not on the folder's list: <" + include.name + ">");
}

Faults include_faults(const Files& files) {
  Faults faults;
  for (const auto& [path, text] : files) {
    if (!is_under(path, "src/") || !is_cpp(path)) continue;
    if (!folder_rules().contains(folder_of(path))) {
      faults.push_back(fault(path, 1, "a folder without an include rule"));
      continue;
    }
    for (const Include& include : includes_of(text)) {
      if (const auto what = fault_of(path, include)) {
        faults.push_back(fault(path, include.line, *what));
      }
    }
  }
  return faults;
}

TEST(Includes, EachFolderIncludesOnlyWhatItsListNames) {
  EXPECT_TRUE(none(include_faults(project())));
}

TEST(Includes, TheTreeIsThere) {  // an empty tree keeps every rule
  EXPECT_TRUE(project().contains("src/base/result.h"));
  EXPECT_TRUE(project().contains("tests/house/includes.cpp"));
}

TEST(IncludesSelfTest, FindsWhatIsForbidden) {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"src/domain/a.h", "#include \"app/b.h\"\n"},
      {"src/domain/a.h", "#include <random>\n"},
      {"src/domain/a.h", "#include <boost/json.hpp>\n"},
      {"src/app/a.cpp", "#include \"adapters/sqlite_store.h\"\n"},
      {"src/web/a.cpp", "#include \"ports/store.h\"\n"},
      {"src/adapters/smtp_mailer.cpp", "#include <sqlite3.h>\n"},
      {"src/adapters/smtp_mailer.cpp", "#include \"adapters/sqlite_store.h\"\n"},
      {"src/adapters/folder_objects.cpp", "#include \"web/guards.h\"\n"},
      {"src/transports/http_server.cpp", "#include \"app/jobs.h\"\n"},
      {"src/base/a.cpp", "#include <sys/socket.h>\n"},
      {"src/somewhere/a.cpp", "\n"},
  };
  for (const auto& [path, text] : bad) {
    EXPECT_EQ(include_faults({{path, text}}).size(), 1U) << path << ": " << text;
  }
}

TEST(IncludesSelfTest, PassesWhatIsAllowed) {
  const Files good = {
      {"src/base/json.cpp", "#include <boost/json/src.hpp>\n#include \"base/json.h\"\n"},
      {"src/adapters/sqlite_store.cpp",
       "#include <sqlite3.h>\n#include \"adapters/sqlite_rows.h\"\n"},
      {"src/transports/ticker.cpp", "#include \"app/run_jobs.h\"\n#include <thread>\n"},
      {"src/wiring.cpp", "#include \"adapters/sqlite_store.h\"\n#include \"wiring.h\"\n"},
  };
  EXPECT_TRUE(none(include_faults(good)));
}

}  // namespace
}  // namespace house
