from django.urls import path

from privacy import views

app_name = "own_data"
urlpatterns = [
    path("gegevens/", views.data, name="data"),
    path("gegevens.json", views.data_file, name="data_file"),
    path("wissen/", views.erase, name="erase"),
]
