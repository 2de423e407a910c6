#include "base/crypto.h"

#include <climits>
#include <cstdlib>
#include <memory>

#include <crypt.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "base/text.h"

namespace base {

namespace {

// Where the crypto library fails at what cannot fail (no memory, no random source), no answer is
// better than a wrong one.
void must(bool held) {
  if (!held) std::abort();
}

const unsigned char* octets(std::string_view bytes) {
  // OpenSSL reads a null pointer as "not given", which an empty text must not become.
  static constexpr unsigned char nothing = 0;
  return bytes.empty() ? &nothing : reinterpret_cast<const unsigned char*>(bytes.data());
}

const EVP_MD* sha256_method() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> method(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  must(method != nullptr);
  return method.get();
}

struct MacContext {
  std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> method{EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                           EVP_MAC_free};
  std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context{EVP_MAC_CTX_new(method.get()),
                                                                    EVP_MAC_CTX_free};
  std::optional<std::string> key;  // what the context is keyed with

  MacContext() {
    must(method != nullptr && context != nullptr);
    std::string digest = "SHA256";
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_end()};
    must(EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1);
  }
};

// The encodings of RFC 4648 differ in their alphabet and in the bits that one character carries.
std::string encoded(std::string_view bytes, std::string_view alphabet, unsigned bits) {
  std::string out;
  out.reserve(bytes.size() * 8 / bits + 8);
  unsigned held = 0;
  unsigned held_bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    held_bits += 8;
    while (held_bits >= bits) {
      held_bits -= bits;
      out += alphabet[(held >> held_bits) & ((1u << bits) - 1)];
    }
    held &= (1u << held_bits) - 1;
  }
  if (held_bits > 0) out += alphabet[held << (bits - held_bits)];
  return out;
}

constexpr std::uint8_t not_in_alphabet = 0xFF;

// Refuses what the encoder never writes (a lone last character, bits left over that are not zero),
// so that each text of bytes has one spelling only.
std::optional<std::string> decoded(std::string_view text, std::string_view alphabet,
                                   unsigned bits) {
  std::array<std::uint8_t, 256> values;
  values.fill(not_in_alphabet);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  std::string out;
  out.reserve(text.size() * bits / 8);
  unsigned held = 0;
  unsigned held_bits = 0;
  for (const char c : text) {
    const std::uint8_t value = values[static_cast<unsigned char>(c)];
    if (value == not_in_alphabet) return std::nullopt;
    held = (held << bits) | value;
    held_bits += bits;
    if (held_bits >= 8) {
      held_bits -= 8;
      out += static_cast<char>(held >> held_bits);
    }
    held &= (1u << held_bits) - 1;
  }
  if (held_bits >= bits || held != 0) return std::nullopt;
  return out;
}

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view base32_alphabet = "abcdefghijklmnopqrstuvwxyz234567";

// Cost 16 is about four seconds; a hash that asks for more is an accident or an attack.
constexpr int bcrypt_cost_min = 4;
constexpr int bcrypt_cost_max = 16;
constexpr std::size_t bcrypt_hash_size = 60;

bool is_readable_hash(const std::string& hash) {
  if (hash.size() != bcrypt_hash_size || hash.find('\0') != std::string::npos) return false;
  const std::string_view head = std::string_view(hash).substr(0, 4);
  if (head != "$2b$" && head != "$2a$" && head != "$2y$") return false;
  const auto cost = parse_unsigned(std::string_view(hash).substr(4, 2));
  return cost && *cost >= bcrypt_cost_min && *cost <= bcrypt_cost_max && hash[6] == '$';
}

bool is_whole_secret(std::string_view secret) {
  return secret.size() <= bcrypt_bytes_max && secret.find('\0') == std::string_view::npos;
}

// Empty when the setting is not one that crypt knows.
std::string bcrypt(std::string_view secret, const std::string& setting) {
  std::string terminated(secret);
  const auto data = std::make_unique<crypt_data>();  // 32 KiB: not for a stack
  const char* hash = crypt_r(terminated.c_str(), setting.c_str(), data.get());
  std::string answer = hash && hash[0] != '*' ? hash : "";
  OPENSSL_cleanse(data.get(), sizeof(crypt_data));
  OPENSSL_cleanse(terminated.data(), terminated.size());
  return answer;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest{};
  unsigned size = 0;
  must(EVP_Digest(octets(bytes), bytes.size(), digest.data(), &size, sha256_method(), nullptr) ==
           1 &&
       size == digest.size());
  return digest;
}

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  must(state_->context && EVP_DigestInit_ex(state_->context.get(), sha256_method(), nullptr) == 1);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  must(EVP_DigestUpdate(state_->context.get(), octets(bytes), bytes.size()) == 1);
}

Digest Sha256::finish() {
  Digest digest{};
  unsigned size = 0;
  must(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &size) == 1 &&
       size == digest.size());
  return digest;
}

struct Md5::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free};
};

Md5::Md5() : state_(std::make_unique<State>()) {
  must(state_->context && EVP_DigestInit_ex(state_->context.get(), EVP_md5(), nullptr) == 1);
}
Md5::Md5(Md5&&) noexcept = default;
Md5& Md5::operator=(Md5&&) noexcept = default;
Md5::~Md5() = default;

void Md5::update(std::string_view bytes) {
  must(EVP_DigestUpdate(state_->context.get(), octets(bytes), bytes.size()) == 1);
}

std::string Md5::finish() {
  Digest digest{};
  unsigned size = 0;
  must(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &size) == 1);
  return std::string(bytes_of(digest).substr(0, size));
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
  // A context serves one thread only. Starting over with the key it holds is several times cheaper
  // than taking a key, and nearly all calls of a server are for one key.
  static thread_local MacContext mac;
  Digest digest{};
  std::size_t size = 0;
  const bool held = mac.key && equal_constant_time(*mac.key, key);
  must(EVP_MAC_init(mac.context.get(), held ? nullptr : octets(key), held ? 0 : key.size(),
                    nullptr) == 1);
  if (!held) mac.key = key;
  must(EVP_MAC_update(mac.context.get(), octets(message), message.size()) == 1);
  must(EVP_MAC_final(mac.context.get(), digest.data(), &size, digest.size()) == 1);
  must(size == digest.size());
  return digest;
}

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out(2 * bytes.size(), '\0');
  auto place = out.begin();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *place++ = digits[byte >> 4];
    *place++ = digits[byte & 15];
  }
  return out;
}

std::string base64(std::string_view bytes) {
  // Several times as fast as encoded(), and each upload's policy is signed in this form.
  std::string out((bytes.size() + 2) / 3 * 4, '\0');
  must(bytes.size() <= INT_MAX / 2);
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), octets(bytes),
                                   static_cast<int>(bytes.size()));
  must(static_cast<std::size_t>(size) == out.size());
  return out;
}

std::optional<std::string> base64_decoded(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  return decoded(text, base64_alphabet, 6);
}

std::string base32(std::string_view bytes) {
  return encoded(bytes, base32_alphabet, 5);
}

std::optional<std::string> base32_decoded(std::string_view text) {
  return decoded(lowered(text), base32_alphabet, 5);
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(octets(a), octets(b), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  must(count <= INT_MAX &&
       RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1);
  return bytes;
}

Result<std::string> bcrypt_hashed(std::string_view secret, std::string_view salt_16_bytes,
                                  int cost) {
  if (!is_whole_secret(secret))
    return invalid("secret", "is longer than " + std::to_string(bcrypt_bytes_max) +
                                 " bytes or contains a NUL, which bcrypt would cut");
  if (salt_16_bytes.size() != 16) return internal("bcrypt takes a salt of 16 bytes");
  if (cost < bcrypt_cost_min || cost > bcrypt_cost_max)
    return internal("bcrypt cost " + std::to_string(cost) + " is out of range");
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  if (!crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), salt_16_bytes.data(),
                        static_cast<int>(salt_16_bytes.size()), setting.data(),
                        static_cast<int>(setting.size())))
    return internal("the crypt library offers no bcrypt");
  std::string hash = bcrypt(secret, setting.data());
  if (hash.size() != bcrypt_hash_size) return internal("the crypt library offers no bcrypt");
  return hash;
}

bool bcrypt_matches(std::string_view secret, const std::string& hash) {
  if (!is_whole_secret(secret) || !is_readable_hash(hash)) return false;
  return equal_constant_time(bcrypt(secret, hash), hash);
}

}  // namespace base
