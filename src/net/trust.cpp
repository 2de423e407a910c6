#include "net/trust.h"

#include <array>
#include <memory>
#include <string>

#include <boost/asio/ssl.hpp>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include "net/aws_credentials.h"

namespace net {

namespace ssl = boost::asio::ssl;

namespace {

constexpr std::array authority_files = {
    "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Alpine
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // Amazon Linux, Fedora
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
};

struct CloseStore {
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};
using Store = std::unique_ptr<X509_STORE, CloseStore>;

bool adds(X509_STORE* store, const std::string& file) {
  return !file.empty() && X509_STORE_load_file(store, file.c_str()) == 1;
}

bool adds_a_file(X509_STORE* store) {
  if (adds(store, environment_variable("SSL_CERT_FILE"))) return true;
  for (const char* file : authority_files)
    if (adds(store, file)) return true;
  const std::string package = environment_variable("LAMBDA_TASK_ROOT");
  return !package.empty() && adds(store, package + "/ca-certificates.crt");
}

Store read_authorities() {
  Store store(X509_STORE_new());
  if (store && !adds_a_file(store.get())) X509_STORE_set_default_paths(store.get());
  ERR_clear_error();  // what the files that are not there have left behind
  return store;
}

// One for all clients: a system has some 150 certificates, which take tens of milliseconds to
// read. Without memory for them nobody is believed.
X509_STORE* authorities() {
  static const Store store = read_authorities();
  return store.get();
}

}  // namespace

ssl::context trusting_context() {
  ssl::context context(ssl::context::tls_client);
  context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                      ssl::context::no_tlsv1_1);
  context.set_verify_mode(ssl::verify_peer);
  if (X509_STORE* store = authorities()) SSL_CTX_set1_cert_store(context.native_handle(), store);
  return context;
}

}  // namespace net
