-- The life of an alert: who holds it and attends to it, its checklist, alerts on test, and alerts that no event raises.

alter table alerts.alert
    add column subject         text,                    -- what it is about where that is no unit: "site Leeds"
    add column test_until      timestamptz,             -- of a test alert: until when its unit is on test
    add column live_at         timestamptz,             -- of a test alert: it is made live then unless somebody holds it
    add column first_taken_at  timestamptz,             -- acknowledged for the first time
    add column acknowledged_at timestamptz,             -- acknowledged by its present holder
    add column holder_by_feed  boolean not null default false, -- who then had a live stream of alerts
    add column attend_by       timestamptz,             -- its holder is reminded then, or loses it
    add column reminded        boolean not null default false,
    drop constraint alert_check,
    add constraint alert_is_about_something check (flood or (serial is null) <> (subject is null)),
    add constraint alert_test_has_an_end check (test = (test_until is not null)),
    add constraint alert_test_is_of_a_unit check (not test or serial is not null),
    add constraint alert_only_a_test_becomes_live check (live_at is null or test);

update alerts.alert a
   set first_taken_at = (select min(at) from alerts.history h where h.alert_id = a.id and h.what = 'acknowledged'),
       acknowledged_at = (select max(at) from alerts.history h where h.alert_id = a.id and h.what = 'acknowledged'),
       attend_by = case when state = 'acknowledged' then clock_timestamp() + interval '5 minutes' end
 where acknowledged_by is not null;

create unique index alert_one_open_a_subject on alerts.alert (kind, subject) where state <> 'closed' and subject is not null;
create index alert_to_attend on alerts.alert (attend_by) where state = 'acknowledged';
create index alert_to_become_live on alerts.alert (live_at) where state <> 'closed' and live_at is not null;
create index alert_held_by on alerts.alert (acknowledged_by) where state = 'acknowledged';

-- What is to be done about an alert of a kind; an alert takes its steps from here when it becomes of that kind.
create table alerts.checklist (
    kind       text        primary key,
    steps      text[]      not null,
    changed_at timestamptz not null,
    changed_by text        not null
);

-- An alert's own checklist, and what else was done about it.
create table alerts.step (
    alert_id uuid   not null references alerts.alert,
    ordinal  bigint not null generated always as identity,
    step     text   not null,
    done_at  timestamptz,
    done_by  text,
    primary key (alert_id, step),
    check ((done_at is null) = (done_by is null))
);
create index step_in_order on alerts.step (alert_id, ordinal);

-- Units on test: what they send raises test alerts until then.
create table alerts.on_test (
    serial text        primary key,
    since  timestamptz not null,
    until  timestamptz not null check (until > since and until <= since + interval '2 hours'),
    set_by text        not null
);

-- Which instance last served whom a live stream of alerts, and when.
create table alerts.presence (
    user_name text        not null,
    instance  uuid        not null,
    seen_at   timestamptz not null,
    primary key (user_name, instance)
);
create index presence_by_age on alerts.presence (seen_at);
