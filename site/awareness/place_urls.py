from django.urls import path

from awareness import place_views

app_name = "place"
urlpatterns = [
    path("", place_views.choose_place, name="choose"),
    path("<str:municipality>/", place_views.place, name="municipality"),
]
