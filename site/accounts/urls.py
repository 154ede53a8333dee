"""Our own routes under ``accounts:``, and allauth's under its own names."""

from allauth.account import views as allauth_views
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as base_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.socialaccount.views import login_cancelled
from allauth.usersessions.views import list_usersessions
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from accounts import (
    account_views,
    digest_views,
    own_account_views,
    provider_views,
    second_factor_views,
    views,
)

own_patterns = [
    path("terug/", views.return_to_work, name="return"),
    path("mijn/terugkeercode/", views.new_return_code, name="new_return_code"),
    path("mijn/klaar/", views.leave, name="leave"),
    path("account/", own_account_views.account, name="account"),
    path("account/weekmail/", digest_views.digest, name="digest"),
    path("weekmail/stop/<str:token>/", digest_views.stop, name="stop_digest"),
]
# The names are allauth's own; it reverses them itself.
account_patterns = [
    path("login/", account_views.LoginView.as_view(), name="account_login"),
    path("login/code/", account_views.AskForCodeView.as_view(), name="account_request_login_code"),
    path(
        "login/code/confirm/",
        account_views.LoginCodeView.as_view(),
        name="account_confirm_login_code",
    ),
    path("logout/", account_views.logout, name="account_logout"),
    path("signup/", account_views.SignupView.as_view(), name="account_signup"),
    path(
        "email/",
        login_required(
            reauthentication_required(account_views.EmailView.as_view(), app="allauth.account")
        ),
        name="account_email",
    ),
    path(
        "reauthenticate/",
        account_views.ReauthenticateView.as_view(),
        name="account_reauthenticate",
    ),
    path("sessions/", list_usersessions, name="usersessions_list"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path(
        "confirm-email/",
        allauth_views.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$",
        allauth_views.confirm_email,
        name="account_confirm_email",
    ),
    path(
        "password/change/",
        account_views.PasswordChangeView.as_view(),
        name="account_change_password",
    ),
    path(
        "password/change/done/",
        login_required(TemplateView.as_view(template_name="account/password_change_done.html")),
        name="account_change_password_done",
    ),
    path(
        "password/set/",
        login_required(
            reauthentication_required(
                account_views.PasswordSetView.as_view(), app="allauth.account"
            )
        ),
        name="account_set_password",
    ),
    path(
        "password/reset/",
        account_views.PasswordResetView.as_view(),
        name="account_reset_password",
    ),
    path(
        "password/reset/done/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
# At a school or an employer: by OpenID Connect.
provider_patterns = [
    path(
        "",
        login_required(
            reauthentication_required(
                provider_views.ConnectionsView.as_view(), app="allauth.socialaccount"
            )
        ),
        name="socialaccount_connections",
    ),
    path("afgebroken/", login_cancelled, name="socialaccount_login_cancelled"),
    path("nieuw/", provider_views.SignupView.as_view(), name="socialaccount_signup"),
    path("<slug:provider_id>/", provider_views.login, name="openid_connect_login"),
    path("<slug:provider_id>/terug/", provider_views.callback, name="openid_connect_callback"),
]
# The names are allauth's own here too.
second_factor_patterns = [
    path("", second_factor_views.IndexView.as_view(), name="mfa_index"),
    path("authenticate/", base_views.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", base_views.reauthenticate, name="mfa_reauthenticate"),
    path("totp/activate/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("totp/deactivate/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "recovery-codes/",
        second_factor_views.ViewRecoveryCodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/generate/",
        recovery_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/add/", second_factor_views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        second_factor_views.RemovePasskeyView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "passkeys/login/",
        second_factor_views.LoginPasskeyView.as_view(),
        name="mfa_login_webauthn",
    ),
    path(
        "passkeys/reauthenticate/",
        webauthn_views.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
]
for pattern in second_factor_patterns:
    if pattern.name in {"mfa_authenticate", "mfa_login_webauthn"}:
        continue  # on the way in
    if pattern.name not in {"mfa_index", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}:
        pattern.callback = second_factor_views.by_second_step(pattern.callback)
    pattern.callback = login_required(pattern.callback)
urlpatterns = [
    path("", include((own_patterns, "accounts"))),
    path("account/", include(account_patterns)),
    path("account/elders/", include(provider_patterns)),
    path("account/twee-stappen/", include(second_factor_patterns)),
]
