// AwsCredentialSource: the keys that AWS's own clients would use here, looked for in their order:
// environment (with session token: Lambda), the shared file, the container's endpoint (ECS, EKS),
// the instance's metadata, version 2. Always: what has an end is fetched anew five minutes before
// it, by one caller at a time; while that fails the old one serves until its end. Source: AWS SDKs
// and Tools Reference Guide, "Standardized credential providers".
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/sigv4.h"
#include "base/time.h"

namespace net {

struct AwsIdentity {
  base::AwsCredentials credentials;
  std::optional<base::Instant> expires_at;  // nullopt: no end is known
};

class AwsCredentialSource {
 public:
  using Environment = std::function<std::string(const char* name)>;  // "" when it is not set

  explicit AwsCredentialSource(Environment environment);

  // unavailable, naming what was tried, when there are none.
  base::Result<AwsIdentity> current(base::Instant now);

 private:
  base::Result<AwsIdentity> look(base::Instant now) const;
  std::optional<AwsIdentity> from_environment() const;
  std::optional<AwsIdentity> from_file() const;
  base::Result<std::optional<AwsIdentity>> from_container() const;
  base::Result<AwsIdentity> from_instance() const;

  Environment environment_;
  std::mutex mutex_;
  std::optional<AwsIdentity> found_;
};

// The process's own environment.
std::string environment_variable(const char* name);

}  // namespace net
