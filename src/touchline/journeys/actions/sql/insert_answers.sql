-- Device and channel numbers are positions in DEVICES and CHANNELS.
insert into responses
select
  events.id, answer_rows.customer, events.time, answer_rows.touchpoint, answer_rows.channel,
  case events.device when 'desktop' then 1 when 'mobile' then 2 when 'tablet' then 3 else 0 end::utinyint,
  events.metric, answer_rows.experience, events.score, events.text, events.language, kinds.source
from answer_rows
join events on events.id = (id_high::uhugeint << 64) | id_low::uhugeint
join kinds using (kind)
order by answer_rows.n
