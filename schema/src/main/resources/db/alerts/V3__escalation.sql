-- Who is told of an alert, when, by which way, and what became of it. Timers and the outbox are rows: they survive any
-- restart, and whichever instance locks a row first does its step.

-- Names of levels: afterSeconds, targets, hours. JSON as the interface takes it, checked there.
create table alerts.escalation_policy (
    name   text  primary key,
    levels jsonb not null
);
insert into alerts.escalation_policy (name, levels)
values ('default', '[{"afterSeconds": 0, "targets": [{"channel": "screen"}]}]');

-- People under one name, so that a policy need not change when they do.
create table alerts.contact_group (
    name    text  primary key,
    members jsonb not null
);

-- Which policy applies where. The most specific one wins; default where none does.
create table alerts.escalation_assignment (
    ordinal integer primary key,
    serial  text,
    site    text,
    kind    text,
    policy  text    not null references alerts.escalation_policy,
    check (serial is null or site is null),
    check (serial is not null or site is not null or kind is not null)
);
create unique index assignment_once
    on alerts.escalation_assignment (coalesce(serial, ''), coalesce(site, ''), coalesce(kind, ''));

-- The chain of each alert. Whoever writes a row holds the lock of its alert's row.
create table alerts.escalation (
    alert_id   uuid        primary key references alerts.alert,
    policy     text        not null,            -- its name when the alert was raised
    levels     jsonb       not null,            -- and its levels then; groups are looked up when they are told
    next_level integer     not null,            -- 1 is the first; the last one again and again
    due_at     timestamptz,                     -- null: stopped, somebody has it or it is closed
    begun_at   timestamptz not null,            -- what afterSeconds counts from
    again_at   timestamptz,                     -- when it last began anew, because the alert rang again
    cap_at     timestamptz,                     -- began anew: until then the levels told before have to be told again
    reached    integer     not null,            -- how many levels have had their turn
    round      integer     not null,            -- grows with each level that has its turn
    rings      integer     not null,            -- how often the alert had rung, its kind, and whether it was a test,
    kind       text        not null,            -- as the chain last saw it
    test       boolean     not null,
    check (next_level >= 1 and reached >= 0 and round >= 0)
);
create index escalation_due on alerts.escalation (due_at) where due_at is not null;

-- What was open before there were chains is told by default, from now on.
insert into alerts.escalation (alert_id, policy, levels, next_level, due_at, begun_at, reached, round, rings, kind, test)
select alert.id, policy.name, policy.levels, 1, case when state = 'open' then clock_timestamp() end, clock_timestamp(), 0, 0,
       rings, kind, test
  from alerts.alert, alerts.escalation_policy policy
 where state <> 'closed' and policy.name = 'default';

-- The outbox: what is to be told, to whom, and what became of it.
create table alerts.notification (
    id           uuid        primary key,       -- Idempotency-Key: the same on every attempt
    ordinal      bigint      not null unique generated always as identity,
    alert_id     uuid        not null references alerts.alert,
    level        integer     not null,
    round        integer     not null,
    channel      text        not null check (channel in ('screen', 'sms', 'mail', 'webhook')),
    address      text        not null,          -- of a screen: empty
    name         text,                          -- whose address it is, where a group says so
    state        text        not null check (state in ('queued', 'sending', 'sent', 'delivered', 'failed', 'stopped')),
    attempts     integer     not null default 0,
    due_at       timestamptz not null,          -- queued: the next attempt; sending: until then nobody else may
    provider     text,
    message_id   text,                          -- what the provider calls it
    text         text,                          -- as last handed over
    created_at   timestamptz not null,
    sent_at      timestamptz,
    delivered_at timestamptz,
    error        text,
    unique (alert_id, round, channel, address)
);
create index notification_due on alerts.notification (channel, due_at) where state in ('queued', 'sending');
create index notification_of_alert on alerts.notification (alert_id, ordinal desc);
create index notification_by_receipt on alerts.notification (provider, message_id) where message_id is not null;

-- Delivery receipts until the message that they belong to is known as sent: they may come first. Kept for a day.
create table alerts.receipt (
    provider   text        not null,
    message_id text        not null,
    delivered  boolean     not null,
    detail     text        not null,
    at         timestamptz not null,
    primary key (provider, message_id)
);
create index receipt_by_age on alerts.receipt (at);
