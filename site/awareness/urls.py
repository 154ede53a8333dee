from django.urls import path

from awareness import views

app_name = "awareness"
urlpatterns = [
    path("", views.start, name="start"),
    path("<str:municipality>/", views.local_texts, name="texts"),
    path("<str:municipality>/qr.svg", views.qr, name="qr"),
    path("<str:municipality>/<slug:slot>/", views.local_text, name="text"),
]
