from django.urls import path

from media import views

app_name = "media"
urlpatterns = [
    path("uploads/<path:path>", views.upload, name="upload"),
    path("ondertiteling/<int:recording>/<str:digest>.vtt", views.captions, name="captions"),
]
