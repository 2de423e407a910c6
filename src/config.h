// Config: DIR/fairlead.toml, or in Lambda the same text in the environment. Everything is optional;
// a setting nobody knows is refused by name.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace fairlead {

// Where AWS's parts are, for the engines that are AWS's. Their addresses can be replaced as AWS's
// own tools have it: AWS_ENDPOINT_URL_DYNAMODB and so on.
struct AwsConfig {
  std::string region;  // [aws] region, else AWS_REGION, AWS_DEFAULT_REGION
};

struct StoreConfig {
  enum class Engine { sqlite, dynamodb };
  Engine engine = Engine::sqlite;
  std::string operations;  // dynamodb: the two tables
  std::string owner_only;  // empty where crew and guests alone are served
};

struct ObjectsConfig {
  enum class Engine { folder, s3 };
  Engine engine = Engine::folder;
  std::string pages;  // s3: the two buckets
  std::string photos;
};

struct TopicConfig {
  std::string arn;  // of the crew's topic at SNS; empty: the notifier's verb is called at once
};

// Names or ARNs in AWS Secrets Manager.
struct SecretsConfig {
  std::string server_key;  // instead of DIR/server.key
  std::string edge;        // what CloudFront proves itself with; empty: no edge is believed
};

struct CdnConfig {
  // Of the parameters of SSM that hold each operator's distribution; empty: there is no CDN.
  std::string distributions;
};

// Who is asked about weather and tides.
struct ForecastsConfig {
  enum class Engine { unsaid, nws, none };
  Engine engine = Engine::unsaid;  // nws with a data folder; none in Lambda
  std::string contact;             // of whoever runs this, for the services to write to
  std::string weather_url = "https://api.weather.gov";
  std::string tides_url = "https://api.tidesandcurrents.noaa.gov";
};

struct MailConfig {
  enum class Engine { maildrop_or_smtp, ses };
  Engine engine = Engine::maildrop_or_smtp;
  std::string configuration_set;  // ses
  enum class Starttls { required, if_offered, none };
  std::string smtp;  // "smtp://host:port"; empty: the maildrop
  std::string user;
  std::string password;
  Starttls starttls = Starttls::if_offered;
};

struct Config {
  std::string public_url = "https://{host}";
  std::vector<std::string> proxies;    // literal addresses whose X-Forwarded-For is believed
  std::vector<std::string> api_hosts;  // hosts of no tenant's, where the credential names it
  AwsConfig aws;
  StoreConfig store;
  ObjectsConfig objects;
  MailConfig mail;
  TopicConfig topic;
  SecretsConfig secrets;
  CdnConfig cdn;
  ForecastsConfig forecasts;
};

// Error kind invalid: wrong settings, each named with its line.
base::Result<Config> parse_config(const std::string& toml);
// A folder without the file has the defaults.
base::Result<Config> read_config(const std::filesystem::path& folder);
base::Result<std::string> read_text_file(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace fairlead
