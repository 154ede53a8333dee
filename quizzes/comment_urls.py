"""Below the addresses of Wagtail for quizzes, and with their namespace."""

from django.urls import path

from quizzes import comment_views

COMMENT = "comments/<int:pk>/<int:comment>/"
urlpatterns = [
    path("comments/<int:pk>/", comment_views.CommentListView.as_view(), name="comments"),
    path(f"{COMMENT}reply/", comment_views.ReplyView.as_view(), name="comment_reply"),
    path(f"{COMMENT}resolve/", comment_views.ResolveView.as_view(), name="comment_resolve"),
    path(f"{COMMENT}reopen/", comment_views.ReopenView.as_view(), name="comment_reopen"),
    path(f"{COMMENT}change/", comment_views.ChangeView.as_view(), name="comment_change"),
    path(f"{COMMENT}delete/", comment_views.DeleteView.as_view(), name="comment_delete"),
]
