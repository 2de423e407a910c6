// What a machine is wired to where its settings name AWS's engines. Nothing of AWS runs otherwise.
#pragma once

#include <memory>

#include "ports/clock.h"
#include "ports/mailer.h"
#include "ports/objects.h"
#include "ports/store.h"

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

}  // namespace fairlead
