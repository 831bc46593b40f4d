select n, events.score, events.score_min, events.score_max
from answer_rows
join events on events.id = (id_high::uhugeint << 64) | id_low::uhugeint
where events.score is not null
