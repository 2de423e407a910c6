// What mails go out through where the settings name a mail server. libcurl speaks to it, and has no
// static form among Debian's packages: a binary without it refuses such settings instead.
#pragma once

#include <memory>

#include "ports/mailer.h"

#include "config.h"

namespace fairlead {

// Requires: config.smtp is not empty. Error kind invalid: wrong settings. Nobody is spoken to yet.
base::Result<std::unique_ptr<ports::Mailer>> open_smtp_mailer(const MailConfig& config);

}  // namespace fairlead
