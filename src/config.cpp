#include "config.h"

#include <fstream>

#include "base/address.h"
#include "base/json.h"
#include "base/text.h"

#include "net/endpoint.h"

#include "toml_reader.h"

namespace fairlead {

using base::Fault;
using base::Result;

namespace {

constexpr std::size_t config_bytes_max = 64 * 1024;
constexpr std::size_t proxies_max = 16;
constexpr std::size_t api_hosts_max = 4;

// Each host stands at the root of its own name, so a scheme and a port are all there is to choose.
bool is_public_url(std::string_view url) {
  for (std::string_view start : {"https://{host}", "http://{host}"}) {
    if (!url.starts_with(start)) continue;
    const std::string_view rest = url.substr(start.size());
    if (rest.empty()) return true;
    const auto port = base::parse_unsigned(rest.substr(1));
    return rest[0] == ':' && rest.size() <= 6 && port && *port >= 1 && *port <= 65535;
  }
  return false;
}

void read_public(TomlReader& top, std::vector<Fault>& faults, Config& config) {
  const toml::table* table = top.table("public");
  if (!table) return;
  TomlReader reader(*table, faults, "public");
  config.public_url = reader.text("url", 300).value_or(config.public_url);
  if (!is_public_url(config.public_url))
    reader.fault("url", "must be like \"https://{host}\" or \"http://{host}:8080\"");
  config.proxies = reader.texts("proxies", proxies_max);
  for (const std::string& proxy : config.proxies)
    if (!base::address_bytes(proxy))
      reader.fault("proxies", "must hold IP addresses such as \"127.0.0.1\"");
  config.api_hosts = reader.texts("api_hosts", api_hosts_max);
  for (std::string& host : config.api_hosts) host = base::lowered(host);
  reader.finish();
}

// One of the words an engine is called by; whether it is the second.
bool is_second_engine(TomlReader& reader, const std::string& first, const std::string& second) {
  const auto engine = reader.text("engine");
  if (engine && *engine != first && *engine != second)
    reader.fault("engine", "must be \"" + first + "\" or \"" + second + "\"");
  return engine == second;
}

// A name that an engine of AWS's cannot do without.
std::string needed_name(TomlReader& reader, const std::string& name) {
  std::string value = reader.text(name).value_or("");
  if (value.empty()) reader.fault(name, "is needed with this engine");
  return value;
}

struct NamedPart {
  std::string table;
  std::string first;
  std::string second;
  std::string name;
};

void read_aws(TomlReader& top, std::vector<Fault>& faults, Config& config) {
  if (const toml::table* table = top.table("aws")) {
    TomlReader reader(*table, faults, "aws");
    config.aws.region = reader.text("region").value_or("");
    reader.finish();
  }
  if (const toml::table* table = top.table("store")) {
    TomlReader reader(*table, faults, "store");
    if (is_second_engine(reader, "sqlite", "dynamodb")) {
      config.store.engine = StoreConfig::Engine::dynamodb;
      config.store.operations = needed_name(reader, "operations");
      config.store.owner_only = reader.text("owner_only").value_or("");
      if (config.store.owner_only == config.store.operations)
        reader.fault("owner_only", "must be another table than operations");
    }
    reader.finish();
  }
  if (const toml::table* table = top.table("objects")) {
    TomlReader reader(*table, faults, "objects");
    if (is_second_engine(reader, "folder", "s3")) {
      config.objects.engine = ObjectsConfig::Engine::s3;
      config.objects.pages = needed_name(reader, "pages");
      config.objects.photos = needed_name(reader, "photos");
      if (config.objects.photos == config.objects.pages)
        reader.fault("photos", "must be another bucket than pages");
    }
    reader.finish();
  }
}

// One table with an engine and, with the second of its words, one name.
std::string named_part(TomlReader& top, std::vector<Fault>& faults, const NamedPart& part) {
  const toml::table* table = top.table(part.table);
  if (!table) return {};
  TomlReader reader(*table, faults, part.table);
  std::string name;
  if (is_second_engine(reader, part.first, part.second)) name = needed_name(reader, part.name);
  reader.finish();
  return name;
}

void read_aws_parts(TomlReader& top, std::vector<Fault>& faults, Config& config) {
  config.topic.arn = named_part(top, faults, {"topic", "local", "sns", "arn"});
  config.cdn.distributions =
      named_part(top, faults, {"cdn", "none", "cloudfront", "distributions"});
  if (const toml::table* table = top.table("secrets")) {
    TomlReader reader(*table, faults, "secrets");
    config.secrets.server_key = reader.text("server_key").value_or("");
    config.secrets.edge = reader.text("edge").value_or("");
    reader.finish();
  }
}

void read_mail(TomlReader& top, std::vector<Fault>& faults, Config& config) {
  const toml::table* table = top.table("mail");
  if (!table) return;
  TomlReader reader(*table, faults, "mail");
  MailConfig& mail = config.mail;
  if (is_second_engine(reader, "smtp", "ses")) {
    mail.engine = MailConfig::Engine::ses;
    mail.configuration_set = reader.text("configuration_set").value_or("");
    return reader.finish();
  }
  mail.smtp = reader.text("smtp", 300).value_or("");
  if (!mail.smtp.empty() && !mail.smtp.starts_with("smtp://") && !mail.smtp.starts_with("smtps://"))
    reader.fault("smtp", "must be like \"smtp://host:587\" or \"smtps://host:465\"");
  mail.user = reader.text("user").value_or("");
  mail.password = reader.text("password").value_or("");
  // A password never travels in the clear by accident.
  if (!mail.user.empty()) mail.starttls = MailConfig::Starttls::required;
  if (const auto starttls = reader.text("starttls")) {
    if (*starttls == "required")
      mail.starttls = MailConfig::Starttls::required;
    else if (*starttls == "if-offered")
      mail.starttls = MailConfig::Starttls::if_offered;
    else if (*starttls == "none")
      mail.starttls = MailConfig::Starttls::none;
    else
      reader.fault("starttls", "must be \"required\", \"if-offered\" or \"none\"");
  }
  reader.finish();
}

std::string read_endpoint(TomlReader& reader, const std::string& name, const std::string& usual) {
  std::string url = reader.text(name, 300).value_or(usual);
  if (!net::Endpoint::parse(url))
    reader.fault(name, "must be like \"" + usual + "\", without a path");
  return url;
}

void read_forecasts(TomlReader& top, std::vector<Fault>& faults, Config& config) {
  const toml::table* table = top.table("forecasts");
  if (!table) return;
  TomlReader reader(*table, faults, "forecasts");
  ForecastsConfig& forecasts = config.forecasts;
  using Engine = ForecastsConfig::Engine;
  forecasts.engine = is_second_engine(reader, "nws", "none") ? Engine::none : Engine::nws;
  forecasts.contact = reader.text("contact").value_or("");
  forecasts.weather_url = read_endpoint(reader, "weather_url", forecasts.weather_url);
  forecasts.tides_url = read_endpoint(reader, "tides_url", forecasts.tides_url);
  reader.finish();
}

}  // namespace

Result<std::string> read_text_file(const std::filesystem::path& file, std::size_t bytes_max) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::not_found("Cannot read " + file.string());
  // One byte more than allowed tells a file that is too large, or without an end, from one that
  // fits. read() turns what the library throws, for a folder say, into a state of the stream.
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return base::unavailable("Cannot read " + file.string());
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > bytes_max) return base::invalid(file.string(), "the file is too large");
  return text;
}

Result<Config> read_config(const std::filesystem::path& folder) {
  const auto file = folder / "fairlead.toml";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return Config{};
  return parse_config(TRY(read_text_file(file, config_bytes_max)));
}

Result<Config> parse_config(const std::string& toml) {
  const toml::table table = TRY(parse_toml(toml));
  std::vector<Fault> faults;
  TomlReader top(table, faults);
  Config config;
  read_public(top, faults, config);
  read_aws(top, faults, config);
  read_aws_parts(top, faults, config);
  read_mail(top, faults, config);
  read_forecasts(top, faults, config);
  top.finish();
  if (auto wrong = base::error_from(std::move(faults))) return *std::move(wrong);
  return config;
}

}  // namespace fairlead
