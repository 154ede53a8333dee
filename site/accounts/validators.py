from django.contrib.auth import password_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's rule in our words; its own text has no Dutch translation in 5.2."""

    def get_error_message(self) -> str:
        return _("Maak je wachtwoord langer: minstens %(length)d tekens.") % {
            "length": self.min_length
        }
