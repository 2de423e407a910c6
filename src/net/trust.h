// Whom outgoing TLS believes: the authorities of the system, wherever its distribution keeps them;
// a static binary has no list of its own. Always: TLS 1.2 at least, and the other end must prove
// its name.
#pragma once

#include <boost/asio/ssl/context.hpp>

namespace net {

// SSL_CERT_FILE first, then the files of Debian, Amazon Linux and Alpine, then the one beside a
// Lambda's binary ($LAMBDA_TASK_ROOT/ca-certificates.crt), then what OpenSSL was built with. Read
// once in a process's life.
boost::asio::ssl::context trusting_context();

}  // namespace net
