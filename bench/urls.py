"""The site's routes and the yardstick: the least that a view can do."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site_urlpatterns


def hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("hallo")


urlpatterns = [path("bench/hello/", hello, name="bench_hello"), *site_urlpatterns]
