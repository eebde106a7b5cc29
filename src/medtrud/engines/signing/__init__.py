"""Keys and what is done with them: signatures and their verdicts, certificates, sealed fields of identity.

The keys lie outside the database and its copies; `project` reads them and hands them over at start.
GOST is computed by the engine of the system library when it is there, else by pure Python: never by
OPENSSL_CONF, and nothing above `drivers` knows which. A verdict is an answer, never an exception.

Requirements: D4, S2, S4.
"""
