#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* A macro of macros, which Swift does not import. */
static const int evp_pkey_public_key = EVP_PKEY_PUBLIC_KEY;
