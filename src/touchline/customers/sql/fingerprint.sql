-- Changes whenever an identifier or a link is added, removed or switched.
select concat_ws('.',
  (select count(*) from identifiers),
  (select bit_xor(hash(identifier, type)) from identifiers),
  (select count(*) from links),
  (select bit_xor(hash(a, b, active, rowid)) from links))
