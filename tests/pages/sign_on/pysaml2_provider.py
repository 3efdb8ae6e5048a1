"""A SAML identity provider by pysaml2, for a browser: it reads our request and our metadata, and posts its signed answer.

pysaml2 signs by the program ``xmlsec1``; here the wheel of the same library does it, so that nothing has to be installed.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

from tests.loopback import serving
from tests.pages.sign_on.saml_peer import ENTITY, certificate, xmlsec

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "CFB has been moved")  # a cipher of its cookies, which nothing here uses
    from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
    from saml2.config import IdPConfig
    from saml2.metadata import entity_descriptor
    from saml2.saml import AUTHN_PASSWORD_PROTECTED, NAMEID_FORMAT_PERSISTENT
    from saml2.server import Server
    from saml2.sigver import CryptoBackend
    from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


class _Signing(CryptoBackend):  # type: ignore[misc]
    def sign_statement(self, statement: str | bytes, node_name: str, key_file: str, node_id: str) -> str:
        """Fill in the signature that pysaml2 put as a template into the element ``node_id``."""
        document = etree.fromstring(statement.encode() if isinstance(statement, str) else statement)
        xmlsec.tree.add_ids(document, ["ID"])
        (element,) = (each for each in document.iter(_qualified(node_name)) if each.get("ID") == node_id)
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_file(key_file, xmlsec.KeyFormat.PEM)
        context.sign(element.find(SIGNATURE))
        return str(etree.tostring(document, encoding="unicode"))


def _qualified(words: str) -> str:
    """``urn:...:assertion:Assertion``, as pysaml2 names an element, in the way of lxml."""
    space, _, name = words.rpartition(":")
    return f"{{{space}}}{name}"


@dataclass
class SamlProvider:
    """``user`` is who is signed in there, with ``attributes``; ``sso`` is its door."""

    sso: str
    folder: Path
    user: str = "ben"
    attributes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        key, pem = rsa.generate_private_key(65537, 2048), serialization.Encoding.PEM
        plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        (self.folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))
        (self.folder / "certificate.pem").write_bytes(certificate(key).public_bytes(pem))
        doors = {"single_sign_on_service": [(self.sso, BINDING_HTTP_REDIRECT)]}
        self.config = IdPConfig().load({
            "entityid": ENTITY, "service": {"idp": {"endpoints": doors, "name_id_format": [NAMEID_FORMAT_PERSISTENT]}},
            "key_file": str(self.folder / "key.pem"), "cert_file": str(self.folder / "certificate.pem"),
            "metadata": {"inline": []},  # nobody is known yet
            "crypto_backend": "XMLSecurity",  # the one that looks for no program; replaced below
        })  # fmt: skip
        self.server = Server(config=self.config)
        self.server.sec.crypto = _Signing()

    def metadata(self) -> str:
        """What an administrator copies into our page."""
        return str(entity_descriptor(self.config))

    def answer(self, query: str) -> str:
        """The page that posts the answer to a request of ours; it goes where our metadata says, and nowhere else."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        request = self.server.parse_authn_request(asked["SAMLRequest"], BINDING_HTTP_REDIRECT).message
        assert self.server.reload_metadata({"remote": [{"url": request.issuer.text}]}), "our metadata cannot be read"
        going = self.server.response_args(request, [BINDING_HTTP_POST])
        response = self.server.create_authn_response(
            self.attributes, userid=self.user, authn={"class_ref": AUTHN_PASSWORD_PROTECTED, "authn_auth": ENTITY},
            sign_assertion=True, sign_response=False, sign_alg=SIG_RSA_SHA256, digest_alg=DIGEST_SHA256, **going,
        )  # fmt: skip
        sent = self.server.apply_binding(
            BINDING_HTTP_POST, response, going["destination"], asked.get("RelayState", ""), response=True
        )
        return str(sent["data"])


@contextmanager
def saml_provider() -> Iterator[SamlProvider]:
    """A provider on another site than ours, until the block ends."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(_Handler, lambda port: SamlProvider(f"http://127.0.0.1:{port}/sso", Path(folder))) as provider,
    ):
        yield provider


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: SamlProvider = self.server.peer  # type: ignore[attr-defined]
        page = provider.answer(urlsplit(self.path).query).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
