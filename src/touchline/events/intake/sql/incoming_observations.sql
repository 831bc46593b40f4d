-- The chunk's research notes in the shape of the store.
create or replace temp table incoming_observations as
select n, md5_number($source || chr(31) || key) as id, called, method, text, participant, noted_by, noted, line
from staged_observations
