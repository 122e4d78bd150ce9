-- What units are to do when they next dial in. A ticket is drawn at random: one that is drawn again after the database went back to an
-- older state would make a unit repeat an answer of before and do nothing.
create table fleet.commands (
  ticket       bigint primary key,
  serial       text collate "C" not null,
  kind         text        not null,
  -- Of set-check-in-interval.
  minutes      integer,
  -- Of show-message.
  message      text,
  requested_by text        not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  cancelled_at timestamptz,
  cancelled_by text,
  -- When a station last sent it, and which.
  sent_at      timestamptz,
  station      text,
  answered_at  timestamptz,
  -- As on the wire: 0 is done.
  status       smallint,
  result       bytea,
  constraint commands_ticket check (ticket between 1 and 4294967295),
  constraint commands_kind check (kind in ('set-check-in-interval', 'take-picture', 'report-position', 'show-message', 'set-clock'))
);
create index commands_serial on fleet.commands (serial, created_at desc, ticket desc);
create index commands_created_at on fleet.commands (created_at);
