#include "server/net/tls_context.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace parley {
namespace {

// The versions and suites of RFC 9325: TLS 1.2 and 1.3, always forward secret and authenticated.
constexpr const char* suites_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* suites_1_3 =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
constexpr const char* groups = "X25519:P-256:P-384";

// RFC 7301 (names by their length): TURN (RFC 7443) first, as some of its clients name HTTP, too
// (coturn's), and no client of HTTP names TURN.
constexpr std::string_view applications = "\x09stun.turn\x08http/1.1";

// No browser's ClientHello has more, and a client's certificate is never asked for.
constexpr long max_client_message_bytes = 32 * 1024;

unsigned char* unsigned_bytes(std::string_view text) {
  return reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
}

// RFC 7301 section 3.2: a client that names protocols of which we have none is told so.
int choose_application(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                       const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const int result =
      SSL_select_next_proto(&found, chosen_size, unsigned_bytes(applications),
                            static_cast<unsigned int>(applications.size()), offered, offered_size);
  if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

bool use_key(const TicketKey& key, const unsigned char* iv, EVP_CIPHER_CTX* cipher,
             EVP_MAC_CTX* mac, bool is_new) {
  std::array<char, 7> digest{"SHA256"};
  const std::array<OSSL_PARAM, 3> parameters{
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY,
                                        const_cast<unsigned char*>(key.mac.data()), key.mac.size()),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  return EVP_MAC_CTX_set_params(mac, parameters.data()) == 1 &&
         EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nullptr, key.cipher.data(), iv,
                           is_new ? 1 : 0) == 1;
}

// What OpenSSL asks when it makes or reads a ticket (SSL_CTX_set_tlsext_ticket_key_evp_cb(3)).
constexpr int ticket_failed = -1;
constexpr int ticket_unknown = 0;
constexpr int ticket_good = 1;
constexpr int ticket_good_but_renew = 2;

int on_ticket(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher,
              EVP_MAC_CTX* mac, int is_new) {
  auto& keys = *static_cast<TicketKeys*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
  const auto now = TicketKeys::Clock::now();
  const auto current = keys.current(now);
  if (is_new == 1) {
    if (!current || RAND_bytes(iv, EVP_CIPHER_get_iv_length(EVP_aes_256_cbc())) != 1) {
      return ticket_unknown;  // no ticket this time
    }
    std::ranges::copy(current->name, name);
    return use_key(*current, iv, cipher, mac, true) ? ticket_good : ticket_failed;
  }
  const auto key = keys.find(name, now);
  if (!key) return ticket_unknown;
  if (!use_key(*key, iv, cipher, mac, false)) return ticket_failed;
  return current && current->name == key->name ? ticket_good : ticket_good_but_renew;
}

bool set_up(SSL_CTX* context, const Certificate& certificate, TicketKeys& tickets) {
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA |
                                   // HTTP and WebSocket have ends of their own; see RFC 9110 for
                                   // what is cut short.
                                   SSL_OP_IGNORE_UNEXPECTED_EOF);
  // An idle connection holds no buffers; see stream.h for the others.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN);
  // A record's header and its content in one system call.
  SSL_CTX_set_read_ahead(context, 1);
  SSL_CTX_set_max_cert_list(context, max_client_message_bytes);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_app_data(context, &tickets);
  SSL_CTX_set_tlsext_ticket_key_evp_cb(context, on_ticket);
  SSL_CTX_set_timeout(context, std::chrono::seconds(TicketKeys::rotate_after).count());
  SSL_CTX_set_alpn_select_cb(context, choose_application, nullptr);
  bool is_good = SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
                 SSL_CTX_set_cipher_list(context, suites_1_2) == 1 &&
                 SSL_CTX_set_ciphersuites(context, suites_1_3) == 1 &&
                 SSL_CTX_set1_groups_list(context, groups) == 1 &&
                 SSL_CTX_use_certificate(context, certificate.native()) == 1 &&
                 SSL_CTX_use_PrivateKey(context, certificate.native_key()) == 1;
  for (const auto& issuer : certificate.native_chain()) {
    is_good = is_good && SSL_CTX_add1_chain_cert(context, issuer.get()) == 1;
  }
  return is_good;
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

Result<TlsContext, std::string> TlsContext::make(Certificate certificate, TicketKeys& tickets) {
  TlsContext made(std::move(certificate), SSL_CTX_new(TLS_server_method()));
  if (made.native_ && set_up(made.native_.get(), made.certificate_, tickets)) return made;
  const char* reason = ERR_reason_error_string(ERR_get_error());
  ERR_clear_error();
  return std::string("TLS cannot be set up with this certificate: ") +
         (reason == nullptr ? "out of memory" : reason) + ".";
}

}  // namespace parley
