"""A plug-in of the CAdES convention that really signs: the page sees its objects, the keys stay in the test."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page

from medtrud.engines.signing.drivers import sign as message
from medtrud.engines.signing.drivers.verify import Content
from medtrud.engines.signing.models import Certificate
from medtrud.engines.signing.public import facts_of
from medtrud.engines.signing.queries import key_pair_of
from medtrud.engines.store.public import now

# Asynchronous objects with propset_…, as the plug-in has them.
FAKE = """
(() => {
  const done = (value) => Promise.resolve(value);
  const certificates = %s.map((told, place) => ({
    place, Thumbprint: done(`A${place}`), SubjectName: done(told.subject), SerialNumber: done(told.number),
    ValidToDate: done(told.until), PublicKey: () => done({ Algorithm: done({ Value: done("1.2.643.7.1.1.1.1") }) }),
  }));
  const store = {
    Open: () => done(), Close: () => done(),
    Certificates: done({ Count: done(certificates.length), Item: (number) => done(certificates[number - 1]) }),
  };
  const makers = {
    "CAdESCOM.Store": () => store,
    "CAdESCOM.CPSigner": () => {
      const made = { propset_Options: () => done() };
      made.propset_Certificate = (certificate) => { made.place = certificate.place; return done(); };
      return made;
    },
    "CAdESCOM.HashedData": () => {
      const made = { propset_Algorithm: (code) => { made.code = code; return done(); } };
      made.SetHashValue = (hex) => { made.hex = hex; return done(); };
      return made;
    },
    "CAdESCOM.CadesSignedData": () => {
      const made = { propset_ContentEncoding: (code) => { made.encoding = code; return done(); } };
      made.propset_Content = (text) => { made.text = text; return done(); };
      made.SignCades = ({ place }, kind, detached) => window.signedOutside({ place, content: made.text, kind, detached });
      made.SignHash = (hashed, { place }, kind) => window.signedOutside({ place, hash: hashed.hex, code: hashed.code, kind });
      return made;
    },
  };
  const plugin = done();
  plugin.CreateObjectAsync = (name) => done(makers[name]());
  window.cadesplugin = plugin;
})();
"""


def plug_in(page: Page, certificates: Sequence[Certificate]) -> list[dict[str, Any]]:
    """Put the plug-in with the keys of these certificates into the browser; return what it will be asked for."""
    seen: list[dict[str, Any]] = []
    keys = [key_pair_of(row) for row in certificates]  # kept even when a certificate is revoked meanwhile

    def signed(given: dict[str, Any]) -> str:
        seen.append(given)
        if "content" in given:
            content: Any = Content(base64.b64decode(given["content"]))
        else:
            content = message.Hash("streebog256", bytes.fromhex(given["hash"]))
        pair = keys[given["place"]]
        return base64.encodebytes(message.sign(pair.key, pair.certificates, content, now())).decode()

    page.expose_function("signedOutside", signed)
    page.add_init_script(FAKE % json.dumps([_told(row) for row in certificates]))
    return seen


def _told(row: Certificate) -> dict[str, str]:
    facts = facts_of(row)
    subject = f"CN={facts.owner}, O={facts.organization}, C=RU"
    return {"subject": subject, "number": facts.number, "until": facts.until.isoformat()}
