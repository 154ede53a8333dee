"""Routes that belong to the whole site, so that their names have no app before them."""

from django.urls import path
from wagtail.views import serve

from home import health, offline_views, sitemaps, views

urlpatterns = [
    path("weg/", views.leave_site, name="exit"),
    path("taal/", views.set_language, name="set_language"),
    path("zonder-internet/", offline_views.no_internet, name="no_internet"),
    path("zonder-internet.js", offline_views.worker, name="offline_worker"),
    path("healthz/live", health.live, name="health_live"),
    path("healthz/ready", health.ready, name="health_ready"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("robots.txt", health.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", health.security_txt, name="security_txt"),
    # Wagtail pages that the footer links to; made by ``manage.py prepare``.
    path("over/", serve, {"path": "over/"}, name="about"),
    path("privacy/", serve, {"path": "privacy/"}, name="privacy"),
    path("toegankelijkheid/", serve, {"path": "toegankelijkheid/"}, name="accessibility"),
]
