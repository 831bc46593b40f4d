-- A changed note keeps its number, and the step it was put on by hand.
update research_notes
set called = incoming.called, method = incoming.method, text = incoming.text, participant = incoming.participant,
  noted_by = incoming.noted_by, noted = incoming.noted, import_id = $import_id, line = incoming.line
from stored_observations
join incoming_observations as incoming using (n)
where research_notes.note = stored_observations.note and not stored_observations.same
