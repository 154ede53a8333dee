from django.urls import path

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("<slug:package>/", views.package, name="package"),
    path("<slug:package>/handleiding/", views.package_guide, name="package_guide"),
]
