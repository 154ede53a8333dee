from django.urls import path

from progress import board_views, print_views, views

app_name = "progress"
LESSON = "<slug:package>/<slug:lesson>/"
BOARD = f"{LESSON}bord/"
urlpatterns = [
    path(f"{LESSON}<int:number>/", views.step, name="step"),
    path(f"{LESSON}<int:number>/klaar/", views.finish_step, name="finish_step"),
    path(f"{LESSON}heel/", views.whole_lesson, name="whole_lesson"),
    path(f"{LESSON}kopie/", views.lesson_copy, name="lesson_copy"),
    path(f"{LESSON}einde/", views.lesson_end, name="lesson_end"),
    path(f"{LESSON}handleiding/", views.lesson_guide, name="lesson_guide"),
    path(f"{LESSON}handleiding.pdf", print_views.guide, name="guide_pdf"),
    path(f"{LESSON}werkblad.pdf", print_views.worksheet, name="worksheet_pdf"),
    path(BOARD, board_views.start, name="board_start"),
    path(f"{BOARD}afdrukken/", board_views.handout, name="board_handout"),
    path(f"{BOARD}<int:number>/", board_views.slide, name="board"),
    path(f"{BOARD}<int:number>/notities/", board_views.notes, name="board_notes"),
    path(LESSON, views.lesson, name="lesson"),
]
