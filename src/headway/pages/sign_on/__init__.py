"""Coming in by the district's own sign-on services: OpenID Connect and SAML, spoken by django-allauth."""
