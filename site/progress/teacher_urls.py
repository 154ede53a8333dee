"""Screens of a teacher about the work of their class; ``urls`` has those of lessons."""

from django.urls import path

from progress import merge_views

app_name = "progress_teacher"
urlpatterns = [
    path(
        "docent/klas/<uuid:classroom>/leerling/<uuid:enrolment>/samenvoegen/",
        merge_views.merge,
        name="merge",
    ),
]
