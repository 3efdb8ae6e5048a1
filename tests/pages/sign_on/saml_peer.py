"""A SAML identity provider: reads our request, and signs answers that are right, or wrong in a way that a test asks for."""

from __future__ import annotations

import base64
import importlib
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

xmlsec: Any = importlib.import_module("xmlsec")
"""Its stubs leave out most of it."""
ENTITY = "https://idp.maple.example/metadata"
SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


@dataclass
class SamlPeer:
    """``name`` and ``attributes`` are of who is signed in there."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    name: str = "persistent-1"
    sso: str = "https://idp.maple.example/sso"
    attributes: dict[str, str] = field(default_factory=dict)

    def metadata(self) -> str:
        """What an administrator copies into our page."""
        raw = certificate(self.key).public_bytes(serialization.Encoding.DER)
        return (
            f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
            f'<IDPSSODescriptor protocolSupportEnumeration="{PROTOCOL}"><KeyDescriptor use="signing">'
            '<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>'
            f"{base64.b64encode(raw).decode()}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
            '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{self.sso}"/></IDPSSODescriptor></EntityDescriptor>'
        )

    def read(self, location: str) -> dict[str, str]:
        """Our request, as the provider finds it in the address."""
        packed = parse_qs(urlsplit(location).query)["SAMLRequest"][0]
        request = etree.fromstring(zlib.decompress(base64.b64decode(packed), -15))
        return {
            "id": request.get("ID"),
            "acs": request.get("AssertionConsumerServiceURL"),
            "issuer": request.findtext(f"{{{SAML}}}Issuer"),
        }

    def answer(self, asked: dict[str, str], *, key: Any = "own", **wrong: Any) -> str:
        """The form field ``SAMLResponse``. ``wrong`` replaces: audience, recipient, in_response_to, age (seconds), issuer."""
        now = datetime.now(UTC) - timedelta(seconds=wrong.get("age", 0))
        values = {
            "in_response_to": asked["id"], "recipient": asked["acs"], "audience": asked["issuer"], "issuer": ENTITY, **wrong,
        }  # fmt: skip
        response = etree.fromstring(self._xml(now, values).encode())
        if key is not None:
            _sign(response.find(f"{{{SAML}}}Assertion"), self.key if key == "own" else key)
        if "after" in wrong:
            wrong["after"](response)
        return base64.b64encode(etree.tostring(response)).decode()

    def _xml(self, now: datetime, values: dict[str, Any]) -> str:
        at, until = (f"{then:%Y-%m-%dT%H:%M:%SZ}" for then in (now, now + timedelta(minutes=5)))
        before = f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M:%SZ}"
        reply = f'InResponseTo="{values["in_response_to"]}"' if values["in_response_to"] else ""
        told = "".join(
            f'<a:Attribute Name="{name}"><a:AttributeValue>{value}</a:AttributeValue></a:Attribute>'
            for name, value in self.attributes.items()
        )
        return (
            f'<p:Response xmlns:p="{PROTOCOL}" xmlns:a="{SAML}" ID="_{secrets.token_hex(8)}" Version="2.0" IssueInstant="{at}" '
            f'Destination="{values["recipient"]}" {reply}><a:Issuer>{values["issuer"]}</a:Issuer>'
            '<p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status>'
            f'<a:Assertion ID="_{secrets.token_hex(8)}" Version="2.0" IssueInstant="{at}"><a:Issuer>{values["issuer"]}</a:Issuer>'
            f'<a:Subject><a:NameID Format="{PERSISTENT}">{self.name}</a:NameID>'
            '<a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData '
            f'{reply} NotOnOrAfter="{until}" Recipient="{values["recipient"]}"/></a:SubjectConfirmation></a:Subject>'
            f'<a:Conditions NotBefore="{before}" NotOnOrAfter="{until}"><a:AudienceRestriction>'
            f"<a:Audience>{values['audience']}</a:Audience></a:AudienceRestriction></a:Conditions>"
            f'<a:AuthnStatement AuthnInstant="{at}" SessionIndex="s"><a:AuthnContext><a:AuthnContextClassRef>'
            "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</a:AuthnContextClassRef></a:AuthnContext>"
            f"</a:AuthnStatement><a:AttributeStatement>{told}</a:AttributeStatement></a:Assertion></p:Response>"
        )


def _sign(assertion: Any, key: rsa.RSAPrivateKey) -> None:
    """An enveloped signature after the issuer, exclusive canonicalisation, RSA with SHA-256."""
    signature = xmlsec.template.create(assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256, ns="ds")
    assertion.insert(1, signature)
    reference = xmlsec.template.add_reference(signature, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.tree.add_ids(assertion, ["ID"])
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.PEM)
    context.sign(signature)


def certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    """The provider's own word for its key, good for a month."""
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.maple.example")]), datetime.now(UTC)
    return (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30)).sign(key, hashes.SHA256())
    )  # fmt: skip
