from django.urls import path

from progress import print_views, views

app_name = "progress"
LESSON = "<slug:package>/<slug:lesson>/"
urlpatterns = [
    path(f"{LESSON}<int:number>/", views.step, name="step"),
    path(f"{LESSON}<int:number>/klaar/", views.finish_step, name="finish_step"),
    path(f"{LESSON}einde/", views.lesson_end, name="lesson_end"),
    path(f"{LESSON}handleiding/", views.lesson_guide, name="lesson_guide"),
    path(f"{LESSON}handleiding.pdf", print_views.guide, name="guide_pdf"),
    path(f"{LESSON}werkblad.pdf", print_views.worksheet, name="worksheet_pdf"),
    path(LESSON, views.lesson, name="lesson"),
]
