from django.urls import path, re_path

from reports import views

app_name = "reports"
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
urlpatterns = [
    path("organisatie/cijfers/", views.organisation, name="organisation"),
    path("docent/klas/<uuid:classroom>/", views.classroom, name="classroom"),
    path("docent/klas/<uuid:classroom>/cijfers/", views.numbers, name="numbers"),
    path("docent/klas/<uuid:classroom>/vragen/", views.questions, name="questions"),
    re_path(
        rf"^docent/klas/(?P<classroom>{UUID})/overzicht\.(?P<kind>csv|xlsx)$",
        views.export,
        name="export",
    ),
]
