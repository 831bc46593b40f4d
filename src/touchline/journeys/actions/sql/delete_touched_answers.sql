delete from responses
where customer in (select customer from touched)
  or event in (select event from revisions where seq > $since and event is not null)
