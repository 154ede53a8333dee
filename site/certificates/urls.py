from django.urls import path

from certificates import class_views, path_views, verify_views, views

app_name = "certificates"
OWN = "mijn-certificaten/<str:certificate>/"
PATH = "certificaten/<slug:package>/"
DIPLOMAS = "docent/klas/<uuid:classroom>/diplomas/"
urlpatterns = [
    path("mijn-certificaten/", views.own_certificates, name="list"),
    path(OWN, views.certificate, name="certificate"),
    path(f"{OWN}certificaat.pdf", views.pdf, name="pdf"),
    path(f"{OWN}certificaat.jwt", views.badge, name="badge"),
    path(f"{OWN}weg/", views.delete, name="delete"),
    path(PATH, path_views.path, name="path"),
    path(f"{PATH}van-mij/", path_views.own_work, name="own_work"),
    path(f"{PATH}aanvragen/", path_views.claim, name="claim"),
    # Where a badge leads: these addresses stand in it, and stay.
    path("certificaat/uitgever/did.json", verify_views.issuer, name="issuer"),
    path("certificaat/ingetrokken/<int:list_number>", verify_views.revoked, name="revoked"),
    path("certificaat/<str:certificate>/", verify_views.verify, name="verify"),
    path(DIPLOMAS, class_views.diplomas, name="diplomas"),
    path(f"{DIPLOMAS}<slug:package>.pdf", class_views.diplomas_of_package, name="diplomas_pdf"),
]
