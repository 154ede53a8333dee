"""Signing in elsewhere by OpenID Connect: allauth's way, stricter.

allauth finds this module by its name. On top of what it does: a nonce, the signature of every
token, the issuer that was configured and no other, and nothing kept but a pseudonym.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect import provider as allauth_provider
from allauth.socialaccount.providers.openid_connect import views as allauth_views
from django.conf import settings
from django.http import HttpRequest
from requests import RequestException

from accounts.claims_mapping import OidcProvider, Person, identity, is_safe_address, person_of
from accounts.id_token import IdTokenError, nonce_of, read_id_token

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class UnreachableError(OAuth2Error):
    """The provider does not answer, or not with what an OpenID provider answers."""


class RefusedTokenError(OAuth2Error):
    """What the provider sent is not for this sign-in."""


def fetch(address: str, **headers: str) -> dict[str, Any]:
    """JSON from the provider. Raises ``UnreachableError``, after five seconds at most."""
    try:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, headers=headers)
            response.raise_for_status()
            answer = response.json()
    except RequestException as error:
        raise UnreachableError(type(error).__name__) from error
    if not isinstance(answer, dict):
        raise UnreachableError("no JSON object")
    return answer


class OpenIDConnectAdapter(allauth_views.OpenIDConnectOAuth2Adapter):
    """The conversation with one provider, of one sign-in."""

    nonce = ""

    @property
    def configured(self) -> OidcProvider:
        return settings.OIDC_PROVIDERS[self.provider_id]

    @property
    def openid_config(self) -> dict[str, Any]:
        """Its discovery document; once per request. Raises ``UnreachableError``."""
        if not hasattr(self, "_openid_config"):
            issuer = self.configured.issuer
            config = fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if config.get("issuer") != issuer:
                raise UnreachableError("another issuer")
            if not all(is_safe_address(config.get(name)) for name in ENDPOINTS):
                raise UnreachableError("an endpoint without https")
            # What a provider that says nothing takes (OpenID Connect Discovery 1.0, 3).
            config.setdefault("token_endpoint_auth_methods_supported", ["client_secret_basic"])
            self._openid_config = config
        return self._openid_config

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(
            request, app, client, pkce_code_verifier=pkce_code_verifier
        )

    def complete_login(
        self, request: HttpRequest, app: Any, token: Any, **kwargs: Any
    ) -> SocialLogin:
        claims = self.claims(token.token, kwargs["response"].get("id_token") or "")
        adapter = get_adapter()
        with adapter.refusing(request):
            person = person_of(claims, self.configured)
        return self.get_provider().sociallogin_from_response(request, person)

    def claims(self, access_token: str, id_token: str) -> dict[str, Any]:
        """Of the ID token, with what the provider says besides. 2 requests.

        Raises ``RefusedTokenError`` and ``UnreachableError``.
        """
        config = self.openid_config
        try:
            claims = read_id_token(
                id_token,
                keys=fetch(config["jwks_uri"]),
                issuer=self.configured.issuer,
                client_id=self.configured.client_id,
                nonce=self.nonce,
            )
        except IdTokenError as error:
            raise RefusedTokenError(str(error)) from error
        if not is_safe_address(config.get("userinfo_endpoint")):
            return claims
        more = fetch(config["userinfo_endpoint"], Authorization=f"Bearer {access_token}")
        if more.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2
            raise RefusedTokenError("told of somebody else")
        return {**more, **claims}


class OpenIDConnectProvider(allauth_provider.OpenIDConnectProvider):
    oauth2_adapter_class = OpenIDConnectAdapter
    supports_token_authentication = False

    def get_pkce_params(self) -> dict[str, Any]:
        """PKCE, and the nonce that belongs to it."""
        pkce = generate_code_challenge()
        return {**pkce, "nonce": nonce_of(pkce["code_verifier"])}

    def get_auth_params_from_request(self, _request: HttpRequest, _action: str) -> dict[str, Any]:
        """Not out of the address, as allauth would: whoever makes a link decides nothing."""
        return self.get_auth_params()

    def get_scope_from_request(self, _request: HttpRequest) -> list[str]:
        return self.get_scope()

    def sociallogin_from_response(self, request: HttpRequest, response: Person) -> SocialLogin:
        login = super().sociallogin_from_response(request, response)
        login.person = response
        return login

    def extract_uid(self, data: Person) -> str:
        return identity(self.app.settings["server_url"], data.pseudonym)

    def extract_extra_data(self, data: Person) -> dict[str, str]:
        return {"pseudonym": data.pseudonym}

    def extract_common_fields(self, data: Person) -> dict[str, str]:
        return {"email": data.email}

    def extract_email_addresses(self, data: Person) -> list[EmailAddress]:
        one = EmailAddress(email=data.email.lower(), verified=True, primary=True)
        return [one] if data.email else []

    def serialize(self) -> dict[str, Any]:
        """By our own id: two providers may know us by the same client id."""
        return {"id": self.app.provider_id, "app.client_id": self.app.client_id}


provider_classes = [OpenIDConnectProvider]
