-- The event log: every event of every unit once, and what people did. Append-only: the service's role inserts and reads.
-- The two changes that a row can undergo are functions of the owner: its trust rises, or its month gets a partition of its own.

create type event_log.trust as enum ('unverified', 'whitelisted');
create type event_log.event_class as enum ('routine', 'high', 'critical');

create sequence event_log.stored_order;

-- Partitioned by month (UTC) of the event's time. That time is among the bytes the identity is made of, so the key holds over
-- all partitions.
create table event_log.event (
    identity         bytea       not null check (length(identity) = 32),   -- SHA-256 of serial, log id, raw
    event_time       timestamptz not null,                                -- the unit's clock, whether it was set or not
    stored_id        bigint      not null default nextval('event_log.stored_order'), -- the order of lists; never changes
    stored_at        timestamptz not null default clock_timestamp(),
    serial           text        not null,
    log_id           smallint    not null check (log_id >= 0),
    sequence         bigint      not null check (sequence between 0 and 4294967295),
    type_code        smallint    not null check (type_code between 0 and 255),
    type_name        text        not null,
    class            event_log.event_class not null,
    flags            smallint    not null,                                -- as on the wire
    clock_set        boolean     not null,
    late             boolean     not null,                                -- accepted more than 300 s after a set clock's time
    latitude_e7      integer,                                             -- 1e-7 degrees; null: no valid position
    longitude_e7     integer,
    battery          smallint,                                            -- per cent; null: unknown
    signal_dbm       smallint,                                            -- null: unknown
    software_version text        not null,
    raw              bytea       not null check (length(raw) = 20),
    session_id       text        not null,
    station          text        not null,
    source_address   text        not null,
    accepted_at      timestamptz not null,
    decoded_at       timestamptz not null,
    trust            event_log.trust not null,
    trust_raised_at  timestamptz,                                         -- null: the trust it was stored with
    check ((latitude_e7 is null) = (longitude_e7 is null)),
    constraint event_once primary key (identity, event_time)
) partition by range (event_time);

-- Lists are in stored order, newest first, within any filter.
create index event_in_order on event_log.event (stored_id);
create index event_of_serial on event_log.event (serial, stored_id);
create index event_of_type on event_log.event (type_code, stored_id);
create index event_not_routine on event_log.event (class, stored_id) where class <> 'routine';
-- A list by trust goes on with the trust of its first page, so rows that have risen since are found by it as well.
create index event_unverified on event_log.event (stored_id) where trust = 'unverified' or trust_raised_at is not null;
create index event_by_time on event_log.event using brin (event_time);

-- Times of broken clocks, and of months that have no partition yet.
create table event_log.event_default partition of event_log.event default;

-- Makes the partition of the month that begins at that day, and moves the month's rows into it from the default partition.
-- Inserts wait meanwhile, so that none is routed by the partitions of before. Says how many rows moved; null: it was there already.
create function event_log.make_month(month date) returns bigint
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
    set lock_timeout = '5s'
as $$
declare
    first_at  timestamptz := month::timestamp at time zone 'UTC';
    end_at    timestamptz := (month + interval '1 month') at time zone 'UTC';
    partition text        := 'event_' || to_char(month, 'YYYY_MM');
    moved     bigint;
begin
    if extract(day from month) <> 1 or month < date '2000-01-01' or month > date '2106-02-01' then
        raise exception 'month: % (expected: the first day of a month, 2000-01-01 to 2106-02-01)', month;
    end if;
    -- one at a time, whichever instance asks
    perform pg_advisory_xact_lock(hashtextextended('event_log.make_month', 0));
    if to_regclass('event_log.' || partition) is not null then
        return null;
    end if;
    lock table only event_log.event in share row exclusive mode;
    lock table event_log.event_default in access exclusive mode;
    execute format('create table event_log.%I (like event_log.event including all)', partition);
    execute format(
        'with gone as (delete from event_log.event_default where event_time >= %L and event_time < %L returning *)
         insert into event_log.%I select * from gone', first_at, end_at, partition);
    get diagnostics moved = row_count;
    execute format('alter table event_log.event attach partition event_log.%I for values from (%L) to (%L)',
        partition, first_at, end_at);
    return moved;
end $$;

-- First days of the months between two, both included, that have no partition.
create function event_log.missing_months(first_month date, last_month date) returns setof date
    language sql stable
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
    select m::date
    from generate_series(first_month::timestamp, last_month::timestamp, interval '1 month') m
    where to_regclass('event_log.event_' || to_char(m, 'YYYY_MM')) is null
    order by m
$$;

-- Raises the trust of stored events to whitelisted; never lowers any. Says how many rose.
create function event_log.raise_trust(identities bytea[], event_times timestamptz[]) returns bigint
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    raised bigint;
begin
    update event_log.event e
    set trust = 'whitelisted', trust_raised_at = clock_timestamp()
    from (select * from unnest(identities, event_times) as u (identity, event_time)
          order by identity, event_time) as sure
    where e.identity = sure.identity and e.event_time = sure.event_time and e.trust = 'unverified';
    get diagnostics raised = row_count;
    return raised;
end $$;

-- Who did what, when, from where. Stored once, never changed.
create sequence event_log.audit_order;
create table event_log.audit (
    stored_id    bigint      primary key default nextval('event_log.audit_order'),
    id           text        not null unique,
    at           timestamptz not null,
    service      text        not null,
    who          text        not null,
    role         text        not null,
    from_address text        not null,
    action       text        not null,
    object       text        not null,
    detail       jsonb       not null,
    stored_at    timestamptz not null default clock_timestamp()
);
create index audit_by_who on event_log.audit (who, stored_id);
create index audit_by_action on event_log.audit (action, stored_id);
create index audit_by_object on event_log.audit (object, stored_id);

-- Records on their way to Kafka, written in the transaction of what they tell.
create table event_log.outbox (
    id         bigint      primary key generated always as identity,
    topic      text        not null,
    clusters   text        not null check (clusters in ('main', 'priority', 'both')),
    key        bytea       not null,
    value      bytea,
    created_at timestamptz not null default clock_timestamp()
);

-- Partitions for the time a log may still be read from and for two years to come; log-service makes the later ones.
do $$
begin
    perform event_log.make_month(m::date)
    from generate_series(
        date_trunc('month', now() at time zone 'UTC') - interval '12 months',
        date_trunc('month', now() at time zone 'UTC') + interval '24 months',
        interval '1 month') m;
end $$;

-- What the service's role may do here. Applied at every migration; partitions are reached by their parent only.
create function event_log.narrow_grants() returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    revoke all on all tables in schema event_log from identicom_event_log;
    grant select, insert on event_log.event, event_log.audit to identicom_event_log;
    grant select, insert, update, delete on event_log.outbox to identicom_event_log;
    grant select on event_log.schema_history to identicom_event_log;
end $$;
