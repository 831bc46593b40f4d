-- Read on every page: while it stays the same, nothing that identities and traits depend on has changed.
select concat_ws('.',
  (select coalesce(max(seq), 0) from events),
  (select coalesce(max(seq), 0) from revisions),
  (select count(*) from identifiers),
  (select coalesce(max(identifier), 0) from identifiers),
  (select count(*) from links),
  (select count_if(active) from links))
