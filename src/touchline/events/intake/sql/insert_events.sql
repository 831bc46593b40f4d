insert into events
select
  nextval('event_seq'), id, time, $received, who, kind, device, campaign, metric, score, score_min, score_max, text, language,
  value, currency, objects, session, properties, $import_id, line
from incoming_events
where {wanted}
