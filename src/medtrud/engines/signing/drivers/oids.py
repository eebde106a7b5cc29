"""Identifiers of algorithms and attributes, and what they mean to us."""

DIGESTS = {
    "1.2.643.7.1.1.2.2": "streebog256",
    "1.2.643.7.1.1.2.3": "streebog512",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "1.3.14.3.2.26": "sha1",
}
DIGEST_OIDS = {name: oid for oid, name in DIGESTS.items()}
SIZES = {
    "streebog256": 32,
    "streebog512": 64,
    "sha224": 28,
    "sha256": 32,
    "sha384": 48,
    "sha512": 64,
    "sha1": 20,
}
STRONG = frozenset(SIZES) - {"sha1"}

GOST_256, GOST_512 = "1.2.643.7.1.1.1.1", "1.2.643.7.1.1.1.2"
RSA, RSA_PSS, EC = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.10045.2.1"
KEYS = {GOST_256: "gost256", GOST_512: "gost512", RSA: "rsa", RSA_PSS: "rsa", EC: "ec"}
KEY_TITLES = {
    "gost256": "ГОСТ Р 34.10-2012, 256 бит",
    "gost512": "ГОСТ Р 34.10-2012, 512 бит",
    "rsa": "RSA",
    "ec": "ECDSA",
}
KEY_DIGESTS = {"gost256": "streebog256", "gost512": "streebog512", "rsa": "sha256", "ec": "sha256"}

# Signature algorithm -> kind of key, digest ("" = the digest is named elsewhere).
SIGNATURES = {
    GOST_256: ("gost256", ""),
    GOST_512: ("gost512", ""),
    "1.2.643.7.1.1.3.2": ("gost256", "streebog256"),
    "1.2.643.7.1.1.3.3": ("gost512", "streebog512"),
    RSA: ("rsa", ""),
    RSA_PSS: ("pss", ""),
    "1.2.840.113549.1.1.5": ("rsa", "sha1"),
    "1.2.840.113549.1.1.14": ("rsa", "sha224"),
    "1.2.840.113549.1.1.11": ("rsa", "sha256"),
    "1.2.840.113549.1.1.12": ("rsa", "sha384"),
    "1.2.840.113549.1.1.13": ("rsa", "sha512"),
    EC: ("ec", ""),
    "1.2.840.10045.4.1": ("ec", "sha1"),
    "1.2.840.10045.4.3.1": ("ec", "sha224"),
    "1.2.840.10045.4.3.2": ("ec", "sha256"),
    "1.2.840.10045.4.3.3": ("ec", "sha384"),
    "1.2.840.10045.4.3.4": ("ec", "sha512"),
}
# What we write ourselves: kind of key -> algorithm of a signature over data, and inside a message.
SIGNS = {
    "gost256": "1.2.643.7.1.1.3.2",
    "gost512": "1.2.643.7.1.1.3.3",
    "rsa": "1.2.840.113549.1.1.11",
    "ec": "1.2.840.10045.4.3.2",
}
SIGNS_IN_MESSAGE = {"gost256": GOST_256, "gost512": GOST_512, "rsa": RSA, "ec": "1.2.840.10045.4.3.2"}
WITH_NULL = frozenset({"rsa"})

DATA, SIGNED_DATA, ENCRYPTED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.6"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
TIME_STAMP = "1.2.840.113549.1.9.16.2.14"

XCHA = "1.2.643.2.2.36.0"  # the set every peer understands for 256 bits
TC26_512_A = "1.2.643.7.1.2.1.2.1"
OLD_SETS = ("1.2.643.2.2.35.", "1.2.643.2.2.36.")  # they must name the digest beside the curve
