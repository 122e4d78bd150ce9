-- What a station's last heartbeat said beside its time.
alter table fleet.stations
  add column draining      boolean not null default false,
  add column main_silent   boolean not null default false,
  add column open_sessions integer not null default 0;
