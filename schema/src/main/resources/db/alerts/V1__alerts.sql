-- Alerts: what rings in the control room, how it came to ring, and what people did about it.
-- Everything a consumer or a person does to an alert happens in one transaction: the alert, its events and history,
-- the change log that feeds the screens, and the outbox that feeds the audit trail.

create sequence alerts.reference start with 1000;

-- One emergency of one unit, or one flood of units that the whitelist does not vouch for.
create table alerts.alert (
    id              uuid        primary key,                -- made from the identity of its first event
    number          bigint      not null unique default nextval('alerts.reference'), -- "A4711" on a screen and in a text
    serial          text,                                   -- null only for a flood
    wearer          text,                                   -- as known when the alert last changed
    kind            text        not null,                   -- the gravest of its events
    class           text        not null,
    state           text        not null check (state in ('open', 'acknowledged', 'closed')),
    trust           text        not null check (trust in ('unregistered', 'unverified', 'whitelisted')),
    test            boolean     not null default false,
    flood           boolean     not null default false,
    raised_at       timestamptz not null,
    accepted_at     timestamptz not null,                   -- of its first event, at the station
    event_time      timestamptz,                            -- unit's clock, of the event that gave the kind; null: clock not set
    late            boolean     not null,
    latitude_e7     integer,
    longitude_e7    integer,
    position_at     timestamptz,
    event_count     bigint      not null,
    serial_count    bigint      not null default 1,         -- of a flood: how many serials it stands for
    acknowledged_by text,
    outcome         text        check (outcome in ('genuine', 'false-alarm', 'test')),
    rings           integer     not null,
    rang_at         timestamptz not null,
    reopen_at       timestamptz,                            -- acknowledged, rang again: back to open at this time
    change_id       bigint      not null default 0,         -- its newest entry in the change log
    check (flood or serial is not null),
    check ((state = 'closed') = (outcome is not null)),
    check (reopen_at is null or state = 'acknowledged')
);

-- Rules that hold whatever the code does: one alert that is not closed for each unit, live and test apart.
create unique index alert_one_open_a_unit on alerts.alert (serial, test) where state <> 'closed' and not flood;
create unique index alert_one_open_flood on alerts.alert (kind, test) where state <> 'closed' and flood;
create index alert_by_serial on alerts.alert (serial, number desc);
create index alert_by_kind on alerts.alert (kind, number desc);
create index alert_by_state on alerts.alert (state, number desc);
create index alert_to_reopen on alerts.alert (reopen_at) where reopen_at is not null;

-- Each identity is used once: which alert an event belongs to (the newest one, where its trust rose after a closing).
create table alerts.identity (
    identity bytea primary key check (length(identity) = 32),
    alert_id uuid  not null references alerts.alert,
    trust    text  not null check (trust in ('unregistered', 'unverified', 'whitelisted'))
);

-- The events of an alert, as it was told about them.
create table alerts.event (
    alert_id     uuid        not null references alerts.alert,
    identity     bytea       not null,
    ordinal      bigint      not null generated always as identity, -- the order in which they were stored
    serial       text        not null,
    log_id       integer     not null,
    sequence     bigint      not null,
    type_code    smallint    not null,
    type_name    text        not null,
    kind         text        not null,
    trust        text        not null,
    event_time   timestamptz,
    accepted_at  timestamptz not null,
    decoded_at   timestamptz not null,
    late         boolean     not null,
    latitude_e7  integer,
    longitude_e7 integer,
    battery      smallint,
    signal_dbm   smallint,
    station      text        not null,
    primary key (alert_id, identity)
);
create index event_newest on alerts.event (alert_id, ordinal desc);

-- Append-only: what happened to an alert, and who did it.
create table alerts.history (
    id       bigint      primary key generated always as identity,
    alert_id uuid        not null references alerts.alert,
    at       timestamptz not null,
    what     text        not null check (what in ('raised', 'joined', 'notified', 'delivered', 'failed', 'acknowledged',
                                                  'reopened', 'unit-heard', 'step', 'note', 'closed')),
    who      text,
    detail   text
);
create index history_of_alert on alerts.history (alert_id, id desc);

-- Called when the service's role has been given its rights.
create function alerts.narrow_grants() returns void language sql as
$$ revoke update, delete on alerts.history from identicom_alerts $$;

-- Every serial that a flood alert stands for; the alert lists the first 1,000.
create table alerts.flood_serial (
    alert_id uuid   not null references alerts.alert,
    serial   text   not null,
    ordinal  bigint not null generated always as identity,
    primary key (alert_id, serial)
);
create index flood_by_serial on alerts.flood_serial (serial);
create index flood_in_order on alerts.flood_serial (alert_id, ordinal);

-- The doubtful serials of the last minutes, for the rule that folds them into a flood.
create table alerts.doubtful (
    trust  text        not null check (trust in ('unregistered', 'unverified')),
    serial text        not null,
    at     timestamptz not null,
    primary key (trust, at, serial)
);

-- What the screens are told, in commit order: ids are drawn under an advisory lock that is held until the commit.
create table alerts.change (
    id         bigint      primary key generated always as identity,
    alert_id   uuid        not null,
    at         timestamptz not null,
    closed     boolean     not null,
    identities bytea       not null, -- the events which this change stored, 32 bytes each
    body       text        not null  -- the alert as it then was, as JSON of one line
);
create index change_by_age on alerts.change (at);

-- The newest id that was purged from the change log (24 h): from here on, and not before, a stream can be resumed.
create table alerts.change_floor (
    only_row  boolean primary key default true check (only_row),
    purged_to bigint  not null
);
insert into alerts.change_floor (purged_to) values (0);

-- Records on their way to Kafka, written in the transaction of what they tell.
create table alerts.outbox (
    id         bigint      primary key generated always as identity,
    topic      text        not null,
    clusters   text        not null check (clusters in ('main', 'priority', 'both')),
    key        bytea       not null,
    value      bytea,
    created_at timestamptz not null default clock_timestamp()
);
