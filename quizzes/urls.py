from django.urls import path

from quizzes import answer_views, ending_views, paper_views, rehearsal_views, views

app_name = "quizzes"
urlpatterns = [
    path("<slug:slug>/", views.quiz, name="quiz"),
    path("<slug:slug>/vragen/", views.questions, name="questions"),
    path("<slug:slug>/antwoord/", answer_views.answer, name="answer"),
    path("<slug:slug>/papier/", paper_views.paper, name="paper"),
    path("<slug:slug>/papier.pdf", paper_views.paper_as_pdf, name="paper_pdf"),
    path("<slug:slug>/papier/antwoorden.pdf", paper_views.key_as_pdf, name="key_pdf"),
    path("<slug:slug>/papier/antwoorden/", paper_views.paper, {"with_key": True}, name="paper_key"),
    path("<slug:slug>/opnieuw/", views.again, name="again"),
    path("<slug:slug>/<uuid:attempt>/<int:number>/", views.question, name="question"),
    path("<slug:slug>/<uuid:attempt>/overzicht/", ending_views.overview, name="overview"),
    path("<slug:slug>/<uuid:attempt>/inleveren/", ending_views.send, name="hand_in"),
    path("<slug:slug>/<uuid:attempt>/uitslag/", ending_views.result, name="result"),
    path("<slug:slug>/<uuid:attempt>/oefenen/", rehearsal_views.rehearse, name="rehearse"),
]
