"""The WSGI application; it refuses to serve demo accounts or keys outside a demo."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "content_api.settings")
application = get_wsgi_application()

from content_api.demo import refuse_demo_rows_outside_a_demo  # noqa: E402 - Django must be set up first

refuse_demo_rows_outside_a_demo()
