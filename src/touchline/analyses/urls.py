"""Pages of questions."""

from __future__ import annotations

from django.urls import path

from touchline.analyses import views
from touchline.ui.navigation import NavigationItem

NAVIGATION = (NavigationItem("Questions", "questions", "chart-column", 15, ("question",)),)

urlpatterns = [
    path("questions", views.questions_page, name="questions"),
    path("questions/<slug:name>", views.question_page, name="question"),
    path("questions/<slug:name>.<slug:suffix>", views.answer_file, name="answer-file"),
]
