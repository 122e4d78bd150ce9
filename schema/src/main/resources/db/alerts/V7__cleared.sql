-- Man-downs cleared by their wearers that no alert shows: none that they follow is open, or it is still to come, for its
-- man-down comes by another topic. The newest of each unit, for a week.
create table alerts.cleared (
    identity    bytea       primary key check (length(identity) = 32),
    serial      text        not null,
    log_id      integer     not null,
    sequence    bigint      not null,
    happened_at timestamptz not null,                 -- unit's clock; where that is not set, when a station accepted it
    record      bytea       not null,                 -- as its topic carries it: identicom.v1.Event
    ordinal     bigint      not null generated always as identity,
    kept_at     timestamptz not null default clock_timestamp()
);
create index cleared_by_serial on alerts.cleared (serial, ordinal desc);
create index cleared_by_age on alerts.cleared (kept_at);
