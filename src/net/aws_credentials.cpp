#include "net/aws_credentials.h"

#include <cstdlib>
#include <fstream>

#include "base/foreign_json.h"
#include "base/text.h"

#include "net/http_client.h"

namespace net {

namespace json = base::json;
using base::Instant;
using base::Result;
using base::text_in;

namespace {

constexpr std::chrono::minutes renew_before{5};
constexpr std::size_t file_bytes_max = 64 * 1024;
constexpr const char* container_host = "http://169.254.170.2";
constexpr const char* instance_host = "http://169.254.169.254";
constexpr const char* roles_path = "/latest/meta-data/iam/security-credentials/";

// Nobody further away than this machine's own network: a wrong address must not hold up a start.
ClientLimits nearby() {
  ClientLimits limits;
  limits.total = std::chrono::seconds(5);
  limits.connect = std::chrono::seconds(1);
  limits.answer_bytes_max = 64 * 1024;
  return limits;
}

Result<AwsIdentity> identity_in(std::string_view text) {
  const json::object body = TRY(base::parse_json_object(text));
  AwsIdentity identity{
      {text_in(body, "AccessKeyId"), text_in(body, "SecretAccessKey"), text_in(body, "Token")}, {}};
  if (auto end = base::parse_utc(text_in(body, "Expiration"))) identity.expires_at = *end;
  if (identity.credentials.access_key_id.empty() || identity.credentials.secret.empty())
    return base::unavailable("the answer holds no credentials");
  return identity;
}

Result<std::string> fetched(HttpClient& client, const ClientRequest& request) {
  const ClientResponse response = TRY(client.send(request));
  if (response.status != 200)
    return base::unavailable(client.endpoint().authority() + request.target + " is answered " +
                             std::to_string(response.status));
  return response.body;
}

std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  std::string text(file_bytes_max, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

// One profile of an INI file, as AWS's tools write it.
std::optional<AwsIdentity> profile_in(std::string_view text, std::string_view profile) {
  AwsIdentity identity;
  bool inside = false;
  for (std::string_view line : base::split(text, '\n')) {
    line = base::trimmed(line);
    if (line.starts_with('[')) inside = line == "[" + std::string(profile) + "]";
    const std::size_t equals = line.find('=');
    if (!inside || equals == line.npos) continue;
    const std::string_view name = base::trimmed(line.substr(0, equals));
    const std::string value(base::trimmed(line.substr(equals + 1)));
    if (name == "aws_access_key_id") identity.credentials.access_key_id = value;
    if (name == "aws_secret_access_key") identity.credentials.secret = value;
    if (name == "aws_session_token") identity.credentials.session_token = value;
  }
  if (identity.credentials.access_key_id.empty()) return std::nullopt;
  return identity;
}

}  // namespace

std::string environment_variable(const char* name) {
  // Nothing of ours changes the environment.
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value ? value : "";
}

AwsCredentialSource::AwsCredentialSource(Environment environment)
    : environment_(std::move(environment)) {}

Result<AwsIdentity> AwsCredentialSource::current(Instant now) {
  const std::scoped_lock lock(mutex_);
  if (found_ && (!found_->expires_at || *found_->expires_at > now + renew_before)) return *found_;
  auto fresh = look(now);
  if (fresh) return *(found_ = std::move(fresh).value());
  if (found_ && *found_->expires_at > now) return *found_;
  return fresh;
}

Result<AwsIdentity> AwsCredentialSource::look(Instant /*now*/) const {
  if (auto here = from_environment()) return *std::move(here);
  if (auto here = from_file()) return *std::move(here);
  if (auto here = TRY(from_container())) return *std::move(here);
  if (base::lowered(environment_("AWS_EC2_METADATA_DISABLED")) == "true")
    return base::unavailable("no AWS credentials: not in the environment, not in a shared file");
  auto found = from_instance();
  if (!found)
    return base::unavailable(
        "no AWS credentials: not in the environment, not in a shared file, no "
        "container, and of the instance: " +
        found.error().message);
  return found;
}

std::optional<AwsIdentity> AwsCredentialSource::from_environment() const {
  AwsIdentity identity{{environment_("AWS_ACCESS_KEY_ID"), environment_("AWS_SECRET_ACCESS_KEY"),
                        environment_("AWS_SESSION_TOKEN")},
                       {}};
  if (identity.credentials.access_key_id.empty()) return std::nullopt;
  return identity;
}

std::optional<AwsIdentity> AwsCredentialSource::from_file() const {
  std::string file = environment_("AWS_SHARED_CREDENTIALS_FILE");
  if (file.empty() && !environment_("HOME").empty())
    file = environment_("HOME") + "/.aws/credentials";
  std::string profile = environment_("AWS_PROFILE");
  if (profile.empty()) profile = "default";
  return file.empty() ? std::nullopt : profile_in(read_file(file), profile);
}

Result<std::optional<AwsIdentity>> AwsCredentialSource::from_container() const {
  const std::string relative = environment_("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  std::string address = relative.empty() ? environment_("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                                         : container_host + relative;
  if (address.empty()) return std::optional<AwsIdentity>{};
  const std::size_t path = address.find('/', address.find("://") + 3);
  ClientRequest request;
  request.target = path == address.npos ? "/" : address.substr(path);
  HttpClient client(TRY(Endpoint::parse(address.substr(0, path))), nearby());
  std::string token = environment_("AWS_CONTAINER_AUTHORIZATION_TOKEN");
  const std::string file = environment_("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  if (!file.empty()) token = std::string(base::trimmed(read_file(file)));
  if (!token.empty()) request.headers.push_back({"Authorization", token});
  return std::optional(TRY(identity_in(TRY(fetched(client, request)))));
}

Result<AwsIdentity> AwsCredentialSource::from_instance() const {
  std::string host = environment_("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  if (host.empty()) host = instance_host;
  HttpClient client(TRY(Endpoint::parse(host)), nearby());
  ClientRequest for_token{"PUT", "/latest/api/token", {}, {}, ClientRequest::Repeat::harmless};
  for_token.headers.push_back({"X-aws-ec2-metadata-token-ttl-seconds", "21600"});
  const std::string token = TRY(fetched(client, for_token));
  ClientRequest request;
  request.headers.push_back({"X-aws-ec2-metadata-token", token});
  request.target = roles_path;
  const std::string roles = TRY(fetched(client, request));
  request.target += std::string(base::trimmed(roles.substr(0, roles.find('\n'))));
  return identity_in(TRY(fetched(client, request)));
}

}  // namespace net
