from django.urls import path

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("lessen/", views.catalogue, name="catalogue"),
    path("lessen/<slug:package>/", views.package, name="package"),
    path("lessen/<slug:package>/handleiding/", views.package_guide, name="package_guide"),
]
