#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* A macro of macros, which Swift does not import. */
static const int evp_pkey_public_key = EVP_PKEY_PUBLIC_KEY;

/* The names of parameters, which libcrypto keeps by their addresses: as Swift's strings they would be gone after the call. */
static const char *const ossl_group_name = OSSL_PKEY_PARAM_GROUP_NAME;
static const char *const ossl_public_key = OSSL_PKEY_PARAM_PUB_KEY;
