"""What the forms of notes are sent to; the notes themselves stand on the map."""

from __future__ import annotations

from django.urls import path

from touchline.research import views

urlpatterns = [
    path("map/research", views.add_note, name="research-add"),
    path("map/research/remove", views.remove_note, name="research-remove"),
    path("map/research/place", views.place_notes, name="research-place"),
]
