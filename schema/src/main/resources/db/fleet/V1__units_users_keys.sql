-- Schema of fleet-service: units (the whitelist's master), what is known of where they are, users, keys, outbox.

-- The whitelist. Stations look a miss up by serial (state, version); nothing that a check-in changes stands here.
create table fleet.units (
  serial           text collate "C" primary key,
  wearer           text        not null,
  phone            text        not null,
  site             text        not null,
  check_in_minutes integer     not null,
  grace_minutes    integer     not null,
  state            text        not null,
  version          bigint      not null,
  changed_at       timestamptz not null,
  changed_by       text        not null,
  constraint units_serial check (serial ~ '^[A-Z0-9-]{1,12}$'),
  constraint units_check_in_minutes check (check_in_minutes between 1 and 1440),
  constraint units_grace_minutes check (grace_minutes between 0 and 1440),
  constraint units_state check (state in ('commissioned', 'decommissioned')),
  constraint units_version check (version >= 1)
);

-- What a unit's newest event said. Rows only for serials in units. Written by the thousand, so kept narrow and half empty.
create table fleet.unit_events (
  serial           text collate "C" primary key,
  -- When a station last took an event of it; never goes back.
  heard_at         timestamptz not null,
  -- The newest event by the order of the unit's log.
  log_id           integer     not null,
  sequence         bigint      not null,
  software_version text        not null,
  battery          smallint,
  -- The newest event that had a position, within the same log where there is one.
  position_log     integer,
  position_seq     bigint,
  latitude_e7      integer,
  longitude_e7     integer,
  position_at      timestamptz,
  -- Logs that the unit's newer memory has replaced: an event of one of these is old whenever it comes. At most 16.
  older_logs       integer[]   not null default '{}'
) with (fillfactor = 60);

-- The session that was opened last, by the order of the opened records in the serial's partition.
create table fleet.unit_sessions (
  serial           text collate "C" primary key,
  session_id       text        not null,
  station          text        not null,
  software_version text        not null,
  opened_at        timestamptz not null,
  heard_at         timestamptz not null,
  closed           boolean     not null
) with (fillfactor = 60);

-- Stations that were heard. A session of a station that is silent, or was started again since, is over.
create table fleet.stations (
  station    text collate "C" primary key,
  started_at timestamptz not null,
  heard_at   timestamptz not null
) with (fillfactor = 60);

-- Is an event (e_) newer than the newest one known (u_)? A log id first seen later is the newer log.
create function fleet.is_newer_event(u_log integer, u_seq bigint, u_older integer[], e_log integer, e_seq bigint)
  returns boolean language sql immutable parallel safe
  return case when e_log = u_log then e_seq > u_seq else not (e_log = any (u_older)) end;

create table fleet.users (
  name          text collate "C" primary key,
  role          text        not null,
  password_hash text        not null,
  -- Tokens issued up to this are revoked.
  revoked_until timestamptz,
  changed_at    timestamptz not null,
  changed_by    text        not null,
  constraint users_role check (role in ('operator', 'auditor', 'fleet', 'administrator'))
);

-- Key pairs that sign tokens. Only fleet-service's role can read this table.
create table fleet.signing_keys (
  kid         text collate "C" primary key,
  public_key  bytea       not null,
  private_key bytea       not null,
  created_at  timestamptz not null,
  -- No token signed by it is valid after this.
  not_after   timestamptz not null
);

-- What stands on identicom.keys as revoked; the record gets a tombstone when every token concerned has expired.
create table fleet.revocations (
  record_key text collate "C" primary key,
  record     bytea       not null,
  expires_at timestamptz not null
);
create index revocations_expires_at on fleet.revocations (expires_at);

-- What others have yet to be told, in the order in which it was written.
create table fleet.outbox (
  id         bigint generated always as identity primary key,
  topic      text        not null,
  clusters   text        not null,
  key        bytea       not null,
  value      bytea,
  created_at timestamptz not null default now(),
  constraint outbox_clusters check (clusters in ('main', 'priority', 'both'))
);
