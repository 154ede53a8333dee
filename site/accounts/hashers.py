from django.contrib.auth.hashers import PBKDF2PasswordHasher


class ReturnCodeHasher(PBKDF2PasswordHasher):
    """PBKDF2 for secrets that a machine made.

    A password needs a million rounds because people choose badly. A verifier has 64.4
    random bits: with a thousand rounds, ten thousand million hashes a second would need
    39,000 years for half of all codes, and a class of thirty joins without a queue.
    See docs/decisions/0005-return-codes.md.
    """

    algorithm = "pbkdf2_sha256_code"
    iterations = 1000
