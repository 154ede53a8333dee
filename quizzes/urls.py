from django.urls import path

from quizzes import answer_views, views

app_name = "quizzes"
urlpatterns = [
    path("<slug:slug>/", views.quiz, name="quiz"),
    path("<slug:slug>/vragen/", views.questions, name="questions"),
    path("<slug:slug>/antwoord/", answer_views.answer, name="answer"),
    path("<slug:slug>/opnieuw/", views.again, name="again"),
    path("<slug:slug>/<uuid:attempt>/<int:number>/", views.question, name="question"),
    path("<slug:slug>/<uuid:attempt>/uitslag/", views.result, name="result"),
]
