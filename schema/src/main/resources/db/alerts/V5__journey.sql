-- The way of an alert from the unit to a person, how fast alerts are taken up, and the canary that shows that the way is open.

-- The canary's alerts: followed to the screens, closed by the system, in no list, count or statistics unless asked for.
alter table alerts.alert add column canary boolean not null default false;
create index alert_of_canary on alerts.alert (number desc) where canary;

-- When each cluster acknowledged a critical event, as its station told afterwards. An alert's journey has its first event's.
create table alerts.event_acknowledged (
    identity    bytea       primary key check (length(identity) = 32),
    main_at     timestamptz,
    priority_at timestamptz
);

-- The times of an alert's way that stand nowhere else.
create table alerts.journey (
    alert_id        uuid        primary key references alerts.alert,
    identity        bytea,                              -- its first event; null: no event raised it
    unit_time       timestamptz,                        -- of that event; null: clock not set
    decoded_at      timestamptz,                        -- of that event, at the station
    raised_at       timestamptz not null,
    counted         boolean     not null,               -- in the statistics: critical, no test, no canary
    sent_at         timestamptz,                        -- first written to a screen's connection, of all instances
    shown_at        timestamptz,                        -- a page says that a person can see it
    acknowledged_at timestamptz,                        -- first taken up by a person: acknowledged, or closed at once
    untold          boolean     not null default false  -- something here changed that the change log has not told
);
create index journey_by_event on alerts.journey (identity) where identity is not null;
create index journey_untold on alerts.journey (alert_id) where untold;
-- Everything that the statistics ask for, so that they read nothing but this.
create index journey_in_time on alerts.journey (raised_at) include (acknowledged_at, alert_id) where counted;

insert into alerts.journey (alert_id, identity, unit_time, decoded_at, raised_at, counted, acknowledged_at)
select a.id, e.identity, e.event_time, e.decoded_at, a.raised_at, a.class = 'critical' and not a.test,
       (select min(h.at) from alerts.history h where h.alert_id = a.id and h.what in ('acknowledged', 'closed'))
  from alerts.alert a
  left join lateral (select * from alerts.event where alert_id = a.id order by ordinal limit 1) e on true;

-- The first text message about an alert. What has no outbox of notifications yet has none.
do $$
begin
    if to_regclass('alerts.notification') is not null then
        create view alerts.first_sms as
            select alert_id, min(sent_at) as sent_at, min(delivered_at) as delivered_at
              from alerts.notification where channel = 'sms' group by alert_id;
    else
        create view alerts.first_sms as
            select null::uuid as alert_id, null::timestamptz as sent_at, null::timestamptz as delivered_at where false;
    end if;
end $$;

-- What is known of the canary: one row, by the database's clock.
create table alerts.canary (
    only_row     boolean primary key default true check (only_row),
    last_at      timestamptz,       -- when a station accepted the last one that came through
    latency_ms   bigint,            -- from the one to the other
    sms_at       timestamptz,       -- of the last text message about it
    looked_at    timestamptz,       -- when somebody last looked whether one is missing
    watched_from timestamptz,       -- since when somebody has been looking without a break
    missing_from timestamptz        -- told that none comes through; null: they do
);
insert into alerts.canary default values;
