-- Boards of saved questions, and groups of customers that a question names.

create sequence board_seq start 1;
create sequence card_seq start 1;

create table boards (
  board   integer not null,
  name    varchar not null,
  made    timestamp not null
);

create table cards (
  card     integer not null,
  board    integer not null,
  position integer not null,                -- on its board, from 0
  kind     varchar not null,                -- folder name under analyses/kinds, or 'map'
  asked    varchar not null,                -- the question as a query string; periods by name move with the data
  title    varchar not null,
  note     varchar not null default '',
  noted    date,                            -- the day the note is about
  made     timestamp not null
);

-- The customers of one part of a question, kept by name for filters: segment("..."). Counted again when the data change.
create table segments (
  name    varchar not null,
  kind    varchar not null,
  asked   varchar not null,
  part    varchar not null,
  words   varchar not null,                 -- 'customers who ...'
  made    timestamp not null,
  counted varchar not null default ''       -- version of the data its members are of
);
create table segment_members (name varchar not null, customer integer not null);

-- Who gets a board by e-mail. Addresses of colleagues, entered by whoever looks after the workspace.
create table subscriptions (
  board   integer not null,
  address varchar not null,
  every   varchar not null,                 -- day, week, month, or change: whenever an answer changed
  made    timestamp not null,
  sent    timestamp,
  digest  varchar not null default ''       -- of what was sent last
);
