from django.urls import path

from helplines import views

app_name = "helplines"
urlpatterns = [path("", views.help_view, name="help")]
