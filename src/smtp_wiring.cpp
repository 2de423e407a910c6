#include "smtp_wiring.h"

#include "adapters/smtp_mailer.h"

namespace fairlead {

namespace {

using Starttls = adapters::SmtpSettings::Starttls;

// Below a job's lease, so that a job never runs twice because the mail server is slow.
constexpr std::chrono::milliseconds smtp_timeout{30'000};

Starttls starttls_of(MailConfig::Starttls wanted) {
  switch (wanted) {
    case MailConfig::Starttls::required:
      return Starttls::required;
    case MailConfig::Starttls::if_offered:
      return Starttls::if_offered;
    case MailConfig::Starttls::none:
      return Starttls::none;
  }
  return Starttls::required;
}

}  // namespace

base::Result<std::unique_ptr<ports::Mailer>> open_smtp_mailer(const MailConfig& config) {
  adapters::SmtpSettings settings;
  settings.url = config.smtp;
  settings.user = config.user;
  settings.password = config.password;
  settings.total_timeout = smtp_timeout;
  settings.starttls = starttls_of(config.starttls);
  return std::unique_ptr<ports::Mailer>(TRY(adapters::SmtpMailer::open(settings)));
}

}  // namespace fairlead
