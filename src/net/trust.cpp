#include "net/trust.h"

#include <array>
#include <cstdlib>

#include <boost/asio/ssl.hpp>

namespace net {

namespace ssl = boost::asio::ssl;

namespace {

constexpr std::array authority_files = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Amazon Linux, Fedora
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
};

bool believes(ssl::context& context, const char* file) {
  boost::system::error_code code;
  context.load_verify_file(file, code);
  return !code;
}

}  // namespace

ssl::context trusting_context() {
  ssl::context context(ssl::context::tls_client);
  context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                      ssl::context::no_tlsv1_1);
  context.set_verify_mode(ssl::verify_peer);
  const char* named = std::getenv("SSL_CERT_FILE");  // NOLINT(concurrency-mt-unsafe)
  if (named && believes(context, named)) return context;
  for (const char* file : authority_files)
    if (believes(context, file)) return context;
  boost::system::error_code code;
  context.set_default_verify_paths(code);
  return context;
}

}  // namespace net
