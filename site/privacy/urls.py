from django.urls import path

from privacy import account_views, views

app_name = "own_data"
urlpatterns = [
    path("mijn/gegevens/", views.data, name="data"),
    path("mijn/gegevens.json", views.data_file, name="data_file"),
    path("mijn/wissen/", views.erase, name="erase"),
    path("account/gegevens/", account_views.data, name="account_data"),
    path("account/gegevens.json", account_views.data_file, name="account_file"),
    path("account/wissen/", account_views.delete, name="delete_account"),
]
