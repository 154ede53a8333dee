from django.urls import path

from quizzes import bank_views

app_name = "question_bank"
QUESTION = "<uuid:quiz>/<uuid:question>/"
urlpatterns = [
    path("", bank_views.BankView.as_view(), name="index"),
    path("lijst/", bank_views.BankView.as_view(results_only=True), name="index_results"),
    path("kies/", bank_views.choose, name="choose"),
    path(QUESTION, bank_views.show, name="show"),
    path(f"{QUESTION}voorbeeld/", bank_views.preview, name="preview"),
    path(f"{QUESTION}blok/", bank_views.block, name="block"),
    path(f"{QUESTION}kopieer/", bank_views.copy, name="copy"),
]
