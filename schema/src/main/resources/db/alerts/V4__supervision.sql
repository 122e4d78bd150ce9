-- Missed check-ins. Times are microseconds since 1970 by the stations' clocks, but for those that are said to be the
-- database's.

-- One row for each unit that is on the whitelist or was heard as one that is.
create table alerts.supervised (
    serial        text     primary key,
    site          text     not null,
    network       text     not null,               -- the configured name of where it was last heard from; may be empty
    interval_s    integer  not null check (interval_s > 0),
    grace_s       integer  not null check (grace_s >= 0),
    commissioned  boolean  not null,
    unit_version  bigint   not null,               -- of the unit's record; 0: it has not come yet
    heard_us      bigint,                          -- null: never seen
    due_us        bigint,                          -- null: no deadline
    overdue_us    bigint,                          -- the deadline that it missed; null: it did not
    alone         boolean  not null,               -- overdue and told of in an alert of its own
    missed_in     bigint,                          -- overdue and named by this mass loss
    session       text     not null,               -- the session opened last
    opened_us     bigint   not null,
    session_over  boolean  not null,
    phase         smallint not null,               -- 0 on, 1 says that it is switched off, 2 off: that session is over
    off_session   text     not null,               -- the session that said so
    log_id        integer  not null,               -- newest entry of the unit's log; -1: none
    sequence      bigint   not null,
    older_logs    text     not null,               -- log ids before that one, oldest first, by commas
    distress      smallint not null,               -- 0 none, 1 amber, 2 red
    -- Newest entry that said something of distress: it comes by another topic than most, before or after them.
    distress_log_id   integer not null,            -- -1: none
    distress_sequence bigint  not null
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

create index supervised_due on alerts.supervised (due_us) where due_us is not null;
create index supervised_heard on alerts.supervised (heard_us) where heard_us is not null;
create index supervised_overdue on alerts.supervised (overdue_us) where overdue_us is not null;
create index supervised_missed_in on alerts.supervised (missed_in) where missed_in is not null;
create index supervised_never_seen on alerts.supervised (serial) where heard_us is null and commissioned;
create index supervised_off on alerts.supervised (serial) where phase = 2;

-- Up to when everything was heard of a station, in each partition of the sessions: its newest heartbeat there.
create table alerts.heard (
    station       text    not null,
    partition     integer not null,
    record_offset bigint  not null,
    at_us         bigint  not null,
    started_us    bigint  not null,
    uptime_us     bigint  not null,                -- 0: the station does not say it
    draining      boolean not null,
    open_sessions integer not null,
    since_us      bigint  not null,                -- the database's clock when this station was first heard here
    seen_us       bigint  not null,                -- and when this heartbeat came
    primary key (station, partition)
) with (fillfactor = 40);

-- The processes of stations, by when they took calls: what lies between them is a gap.
create table alerts.station_process (
    station    text   not null,
    started_us bigint not null,
    at_us      bigint not null,                    -- by the heartbeat with the highest uptime
    uptime_us  bigint not null,
    from_us    bigint not null,                    -- it covers the time from here: its start, or where its clock was put back to
    covered_us bigint not null,                    -- to here: the latest time that it said
    primary key (station, started_us)
) with (fillfactor = 40);

-- When a station lived and could accept a critical event nowhere: it covers none of that time.
create table alerts.shut (
    station text   not null,
    from_us bigint not null,
    to_us   bigint not null,
    primary key (station, from_us)
);

-- When no station could take calls or tell of them (unheard), or a time that was none because a clock was put on.
create table alerts.gap (
    from_us bigint not null,
    to_us   bigint not null,
    cause   text   not null check (cause in ('unheard', 'clock')),
    station text   not null,                       -- whose clock it was; else empty
    primary key (from_us, cause, station)
);
create index gap_end on alerts.gap (to_us);

-- A station's wall clock that moved against its monotonic one. Done: deadlines have been put right.
create table alerts.clock_jump (
    id         bigint  primary key generated always as identity,
    station    text    not null,
    started_us bigint  not null,
    uptime_us  bigint  not null,
    from_us    bigint  not null,                   -- what its clock would have said
    to_us      bigint  not null,                   -- what it said
    found_us   bigint  not null,                   -- the database's clock
    done       boolean not null default false,
    unique (station, started_us, uptime_us)
);

-- Stations that were told of as silent, until they are heard again.
create table alerts.blind (
    station  text   primary key,
    since_us bigint not null                       -- the database's clock
);

-- Losses of many units at once. Not over: those who fall silent with them join.
create table alerts.mass_loss (
    id       bigint  primary key generated always as identity,
    scope    text    not null,                     -- fleet, network or site
    name     text    not null,
    alert_id uuid,
    named    integer not null,
    heard    integer not null default 0,           -- of those named, how many its alert says were heard again
    since_us bigint  not null,                     -- when it was found, or grew anew: who misses a deadline soon after joins
    back_us  bigint                                -- when most were heard again, or its alert was closed
);
create unique index mass_loss_one_open on alerts.mass_loss (scope, name) where back_us is null;

-- How far the sweep is.
create table alerts.sweep (
    only_row      boolean primary key default true check (only_row),
    watermark_us  bigint,
    swept_us      bigint  not null,                -- the database's clock
    paused        boolean not null,
    in_step_us    bigint,                          -- the watermark from before which all topics are known to have been read
    in_step_seen_us bigint not null                -- the database's clock when that was found
);
insert into alerts.sweep (swept_us, paused, in_step_seen_us) values (0, false, 0);
