// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 \
//   -subj /CN=<name> -addext subjectAltName=DNS:<name>

/** A key and the certificate it signed itself. */
export interface Identity {
  key: string;
  cert: string;
}

/** In the name of `partner.example`; the platform process trusts it. */
export const TRUSTED: Identity = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgnHpsSe5QD7gbEQWi
97tUcuNZZFOgd29z3PGV0o1LgdChRANCAAQt2ioQigqrznFwQujn8y/U2OTHOzDb
ulDwTK3EXwwcbydviVM30ZhTrXEMzMZN169X0l2iN+4jFCTi8vLfGo68
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBpzCCAU2gAwIBAgIUX9Tzb//rwL2xabMj0A566wVKnqswCgYIKoZIzj0EAwIw
GjEYMBYGA1UEAwwPcGFydG5lci5leGFtcGxlMCAXDTI2MTEyMjA1MTYwMVoYDzIx
MjYxMDI5MDUxNjAxWjAaMRgwFgYDVQQDDA9wYXJ0bmVyLmV4YW1wbGUwWTATBgcq
hkjOPQIBBggqhkjOPQMBBwNCAAQt2ioQigqrznFwQujn8y/U2OTHOzDbulDwTK3E
XwwcbydviVM30ZhTrXEMzMZN169X0l2iN+4jFCTi8vLfGo68o28wbTAdBgNVHQ4E
FgQUSiVITyAR7xHO9peE1oHwVzZ08jkwHwYDVR0jBBgwFoAUSiVITyAR7xHO9peE
1oHwVzZ08jkwDwYDVR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgg9wYXJ0bmVyLmV4
YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIhALAs4n6BgSz+flVjccP+gBYQfLClvMRS
BgPmpWqSCA14AiAeOgQvEKd3pytGcQwtRIQZ8g6SBg6B12hgAI6+LIP06w==
-----END CERTIFICATE-----`,
};

/** In the name of `self.example`; nobody trusts it. */
export const SELF_SIGNED: Identity = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9sFb086OM+ZKc4L7
LoP5bN/yYJISwVyUe1CqqqVAD9KhRANCAARkQSnt23kWhfEcBwrkrDQHwDNJ0bQP
WESLtN5tuo5FkMj5Ro2jq48B+D6Ul5OWhiPKbmoUYGt4BLEutKBxzV/R
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBnzCCAUSgAwIBAgIUMEWZxRQziN6+khbXb1TVx1opCtUwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMc2VsZi5leGFtcGxlMCAXDTI2MTEyMjA1MTYwMVoYDzIxMjYx
MDI5MDUxNjAxWjAXMRUwEwYDVQQDDAxzZWxmLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAARkQSnt23kWhfEcBwrkrDQHwDNJ0bQPWESLtN5tuo5FkMj5
Ro2jq48B+D6Ul5OWhiPKbmoUYGt4BLEutKBxzV/Ro2wwajAdBgNVHQ4EFgQUGorK
ioZDl7Sf+8pHAklDdkHW304wHwYDVR0jBBgwFoAUGorKioZDl7Sf+8pHAklDdkHW
304wDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxzZWxmLmV4YW1wbGUwCgYI
KoZIzj0EAwIDSQAwRgIhAPdyFiJyAUqWEAUhqsRz/InPbwKy37eHbptIqjewUK2j
AiEAoNtpao/j4ebdTH37bpgJCwyehDSJGpumZdroB/cwR/M=
-----END CERTIFICATE-----`,
};
