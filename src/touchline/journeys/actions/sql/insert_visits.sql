insert into visits
select
  customer, time, ended, touchpoint, previous, following, seconds, wait, journey, channel, previous_channel, device,
  intent, events, value, currency,
  (id_high::uhugeint << 64) | id_low::uhugeint as first_event
from visit_rows
