from django.urls import path
from django.views.generic import RedirectView

from classrooms import (
    archive_views,
    assignment_views,
    calendar_views,
    card_views,
    coordinator_views,
    invitation_views,
    join_views,
    organisation_views,
    preparation_views,
    roster_views,
    share_views,
    team_views,
    views,
)

app_name = "classrooms"
CLASSROOM = "docent/klas/<uuid:classroom>/"
ROSTER = CLASSROOM + "deelnemers/"
LEARNER = CLASSROOM + "leerling/<uuid:enrolment>/"
COLLEAGUE = "organisatie/collega/<uuid:colleague>/"
urlpatterns = [
    path("mee/", join_views.join, name="join"),
    # What somebody types from the board; a browser keeps the # over the redirect.
    path("mee", RedirectView.as_view(pattern_name="classrooms:join"), name="join_short"),
    path("mee/welkom/", join_views.welcome, name="welcome"),
    path("mee/welkom/bijnaam/", join_views.redraw, name="redraw"),
    path("docent/", views.list_classrooms, name="list"),
    path("docent/agenda/", calendar_views.calendar, name="calendar"),
    path("docent/agenda/stoppen/", calendar_views.stop, name="stop_calendar"),
    path("agenda/<str:token>.ics", calendar_views.feed, name="calendar_feed"),
    path("docent/gemeente/", organisation_views.municipality, name="municipality"),
    path("organisatie/", coordinator_views.organisation, name="organisation"),
    path("organisatie/verlaten/", coordinator_views.leave_own, name="leave_organisation"),
    path(
        "organisatie/uitnodiging/<uuid:invitation>/intrekken/",
        coordinator_views.revoke,
        name="revoke",
    ),
    path(COLLEAGUE, coordinator_views.colleague, name="colleague"),
    path(COLLEAGUE + "schorsen/", coordinator_views.suspend, name="suspend"),
    path(COLLEAGUE + "toelaten/", coordinator_views.resume, name="resume"),
    path(COLLEAGUE + "rol/", coordinator_views.change_role, name="change_role"),
    path(COLLEAGUE + "weg/", coordinator_views.remove_colleague, name="remove_colleague"),
    path("organisatie/verhuizing/<uuid:move>/", coordinator_views.answer_move, name="answer_move"),
    path("uitnodiging/<str:token>/", invitation_views.invitation, name="invitation"),
    path("team/<str:token>/", team_views.team_invitation, name="team_invitation"),
    path("mijn/team/<uuid:place>/", team_views.go_on, name="go_on"),
    path("docent/klas/nieuw/", views.create, name="create"),
    path(CLASSROOM + "bord/", views.board, name="board"),
    path(CLASSROOM + "qr.svg", views.qr, name="qr"),
    path(CLASSROOM + "beheer/", views.settings, name="settings"),
    path(CLASSROOM + "dicht/", views.close, name="close"),
    path(CLASSROOM + "open/", views.open_, name="open"),
    path(CLASSROOM + "nieuwe-code/", views.new_code, name="new_code"),
    path(LEARNER + "weg/", views.remove, name="remove"),
    path(LEARNER + "terug/", views.restore, name="restore"),
    path(LEARNER + "terugkeercode/", views.replace_return_code, name="replace_return_code"),
    path(CLASSROOM + "voorbereiden/", preparation_views.prepare, name="prepare"),
    path(CLASSROOM + "kaartjes/", card_views.cards, name="cards"),
    path(CLASSROOM + "archief/", archive_views.archive, name="archive"),
    path(CLASSROOM + "uit-archief/", archive_views.restore_class, name="unarchive"),
    path(CLASSROOM + "kopie/", archive_views.copy, name="copy"),
    path(CLASSROOM + "collegas/", share_views.share, name="share"),
    path(CLASSROOM + "collegas/<uuid:colleague>/weg/", share_views.unshare, name="unshare"),
    path(CLASSROOM + "overdragen/", share_views.hand_over, name="hand_over"),
    path(CLASSROOM + "verlaten/", share_views.leave, name="leave"),
    path(ROSTER, roster_views.roster, name="roster"),
    path(ROSTER + "uitnodigen/", roster_views.confirm, name="confirm_roster"),
    path(ROSTER + "<uuid:person>/intrekken/", roster_views.withdraw, name="withdraw"),
    path(ROSTER + "<uuid:person>/opnieuw/", roster_views.again, name="invite_again"),
    path(CLASSROOM + "opdracht/nieuw/", assignment_views.assign, name="assign"),
    path(
        CLASSROOM + "opdracht/<uuid:assignment>/",
        assignment_views.change_assignment,
        name="change_assignment",
    ),
    path(
        CLASSROOM + "opdracht/<uuid:assignment>/weg/",
        assignment_views.unassign,
        name="unassign",
    ),
]
