from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("mijn/", views.mine, name="mine"),
]
