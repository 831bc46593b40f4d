-- Changes whenever an identifier or a link is added, removed or switched. Hashed twice: the engine's hash of several
-- columns is linear in each, so that two rows that change alike would cancel out.
select concat_ws('.',
  (select count(*) from identifiers),
  (select sum(hash(hash(identifier, type))::hugeint) from identifiers),
  (select count(*) from links),
  (select sum(hash(hash(a, b, active, rowid))::hugeint) from links))
