"""The security desk with its authority, and a doctor who signs in the browser by a plug-in of the convention."""

import base64

import pytest

from medtrud.engines.signing.drivers import sign as message
from medtrud.engines.signing.drivers.verify import Content
from medtrud.engines.signing.models import Certificate
from medtrud.engines.signing.public import facts_of
from medtrud.engines.signing.queries import key_pair_of
from medtrud.engines.store.public import now

from .browser import look, sign_in

# The plug-in as the page sees it: asynchronous objects with propset_…; keys stay outside, in the test.
FAKE = """
(() => {
  const done = (value) => Promise.resolve(value);
  const certificate = {
    Thumbprint: done("A1"), SubjectName: done("CN=%(owner)s, O=Клиника"), SerialNumber: done("%(number)s"),
    ValidToDate: done("%(until)s"), PublicKey: () => done({ Algorithm: done({ Value: done("1.2.643.7.1.1.1.1") }) }),
  };
  const store = {
    Open: () => done(), Close: () => done(), Certificates: done({ Count: done(1), Item: () => done(certificate) }),
  };
  const makers = {
    "CAdESCOM.Store": () => store,
    "CAdESCOM.CPSigner": () => ({ propset_Certificate: () => done(), propset_Options: () => done() }),
    "CAdESCOM.HashedData": () => {
      const made = { propset_Algorithm: (code) => { made.code = code; return done(); } };
      made.SetHashValue = (hex) => { made.hex = hex; return done(); };
      return made;
    },
    "CAdESCOM.CadesSignedData": () => {
      const made = { propset_ContentEncoding: (code) => { made.encoding = code; return done(); } };
      made.propset_Content = (text) => { made.text = text; return done(); };
      made.SignCades = (_, kind, detached) => window.signedOutside({ content: made.text, kind, detached });
      made.SignHash = (hashed, _, kind) => window.signedOutside({ hash: hashed.hex, code: hashed.code, kind });
      return made;
    },
  };
  const plugin = done();
  plugin.CreateObjectAsync = (name) => done(makers[name]());
  window.cadesplugin = plugin;
})();
"""


def test_the_desk_of_certificates_looks_right(page):
    sign_in(page, "security")
    page.goto("/signing/")
    page.get_by_text("Сертификаты").first.wait_for()
    look(page, "signing-list")
    page.locator("tbody a").first.click()
    page.get_by_text("История").wait_for()
    look(page, "signing-card")
    for path, name in (
        ("authority/", "authority"),
        ("carriers/", "carriers"),
        ("new/", "issue"),
        ("requests/", "requests"),
    ):
        page.goto(f"/signing/{path}")
        look(page, f"signing-{name}")


@pytest.fixture
def asked(page):
    """What the plug-in was asked to sign, by a real key of the demo."""
    seen = []
    row = Certificate.objects.unscoped("story").filter(account__login="therapist").first()
    pair, facts = key_pair_of(row), facts_of(row)

    def signed(given):
        seen.append(given)
        if "content" in given:
            content = Content(base64.b64decode(given["content"]))
        else:
            content = message.Hash("streebog256", bytes.fromhex(given["hash"]))
        der = message.sign(pair.key, pair.certificates, content, now())
        return base64.encodebytes(der).decode()

    page.expose_function("signedOutside", signed)
    names = {"owner": facts.owner, "number": facts.number, "until": facts.until.isoformat()}
    page.add_init_script(FAKE % names)
    return seen


def test_a_doctor_signs_in_the_browser_by_both_flows(page, asked):
    sign_in(page, "therapist")
    page.goto("/signing/mine/")
    look(page, "signing-own")
    page.get_by_role("button", name="Найти расширение").click()
    page.get_by_role("button", name="Подписать пробную строку").click()
    page.get_by_text("пробная подпись верна").wait_for()
    content, hashed = asked
    assert (content["kind"], content["detached"]) == (1, True)
    assert (hashed["kind"], hashed["code"], len(hashed["hash"])) == (1, 101, 64)


def test_without_a_plugin_the_next_step_is_said(page):
    sign_in(page, "therapist")
    page.goto("/signing/mine/")
    page.get_by_role("button", name="Найти расширение").click()
    page.get_by_text("Расширение КриптоПро ЭЦП не отвечает").wait_for()


def test_a_doctor_comes_in_by_a_certificate(page, asked):
    page.goto("/signing/enter/")
    page.get_by_role("button", name="Подписать и войти").wait_for()
    look(page, "signing-enter")
    page.get_by_role("button", name="Подписать и войти").click()
    page.wait_for_url(lambda url: "/signing/enter/" not in url)
    page.goto("/signing/mine/")
    page.get_by_role("heading", name="Мои сертификаты").wait_for()
    assert b"\xd0\x92\xd1\x85\xd0\xbe\xd0\xb4" in base64.b64decode(asked[0]["content"])
