// smtp_wiring.cpp's place in the static binary, which has no libcurl.
#include "smtp_wiring.h"

namespace fairlead {

base::Result<std::unique_ptr<ports::Mailer>> open_smtp_mailer(const MailConfig&) {
  return base::invalid("mail.smtp",
                       "this binary speaks to no mail server; use [mail] engine = \"ses\"");
}

}  // namespace fairlead
