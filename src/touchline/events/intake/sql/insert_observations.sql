insert into research_notes (note, id, called, method, text, participant, noted_by, noted, import_id, line)
select nextval('research_seq'), id, called, method, text, participant, noted_by, noted, $import_id, line
from (from incoming_observations where n in (select n from wanted_rows) order by n)
