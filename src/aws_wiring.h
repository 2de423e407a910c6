// What a machine is wired to where its settings name AWS's engines. Nothing of AWS runs otherwise.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "ports/cdn.h"
#include "ports/clock.h"
#include "ports/mailer.h"
#include "ports/objects.h"
#include "ports/store.h"
#include "ports/topic.h"

#include "config.h"

namespace fairlead {

// Error kind invalid: settings that are missing. Nobody is spoken to yet.
base::Result<std::unique_ptr<ports::Store>> open_dynamo_store(const Config& config,
                                                              ports::Clock& clock,
                                                              ports::Entropy& entropy);
base::Result<std::unique_ptr<ports::Objects>> open_s3_objects(const Config& config,
                                                              ports::Clock& clock);
base::Result<std::unique_ptr<ports::Mailer>> open_ses_mailer(const Config& config,
                                                             ports::Clock& clock);

base::Result<std::unique_ptr<ports::Topic>> open_sns_topic(const Config& config,
                                                           ports::Clock& clock);
base::Result<std::unique_ptr<ports::Cdn>> open_cloudfront_cdn(const Config& config,
                                                              ports::Clock& clock);

// These ask at once. Error kind invalid: the secret is missing, or is no key.
base::Result<std::string> read_server_key(const Config& config, ports::Clock& clock);
// The secret of today and, while it is being changed, the one before. Empty: none is set.
base::Result<std::vector<std::string>> read_edge_secrets(const Config& config, ports::Clock& clock);

// Every call of this process to AWS ends by then: a function that is called has so long to live.
void end_calls_by(std::chrono::steady_clock::time_point when);

}  // namespace fairlead
