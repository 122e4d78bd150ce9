-- Where in its partition the record stood that opened the session: an instance that lags behind another one's work changes nothing.
alter table fleet.unit_sessions
  add column opened_offset bigint not null default -1;
