"""The project's own settings, with a content app of the tests beside the real ones."""

from content_api.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.specimens"]  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True  # static files are served from where they are written
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # half a second less for each password
