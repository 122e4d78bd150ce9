-- Retention of events, and the legal holds that stop it. The service's role still cannot delete an event: functions of the owner
-- do, and only what is past and not held.

-- What is not erased while it stands. Never changed but that it is lifted, once; its row stays.
create table event_log.hold (
    name        text        primary key check (name ~ '^[A-Za-z0-9._-]{1,64}$'),
    ordinal     bigint      not null unique generated always as identity, -- the order of lists
    serial      text        check (serial ~ '^[A-Z0-9-]{1,12}$'), -- null: every unit
    from_at     timestamptz,                                      -- null: from the beginning
    to_at       timestamptz,                                      -- excluded; null: without end
    reason      text        not null,
    set_at      timestamptz not null default clock_timestamp(),
    set_by      text        not null,
    lifted_at   timestamptz,                                      -- null: it stands
    lifted_by   text,
    lift_reason text,
    constraint hold_is_of_something check (serial is not null or from_at is not null or to_at is not null),
    constraint hold_span check (from_at < to_at),
    constraint hold_is_lifted_whole
        check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_reason is null))
);

-- An event is held by a hold of its unit, or of all, whose span has its own time, its acceptance, or what lies between them.
create function event_log.is_held(of_serial text, event_time timestamptz, accepted_at timestamptz) returns boolean
    language sql stable
as $$
    select exists (
        select 1 from event_log.hold h
        where h.lifted_at is null and (h.serial is null or h.serial = of_serial)
          and (h.from_at is null or greatest(event_time, accepted_at) >= h.from_at)
          and (h.to_at is null or least(event_time, accepted_at) < h.to_at))
$$;

-- Before this nothing that was accepted can come again from Kafka: twice the 31 days for which it keeps events.
create function event_log.forgettable_before() returns timestamptz language sql stable
    as $$ select now() - interval '62 days' $$;

-- Whether an event's time to be kept is over: a null among the times means for good. The time that counts is the event's own,
-- or, where the unit's clock is not to be believed, when a station accepted it.
create function event_log.is_past(of_class event_log.event_class, its_time timestamptz, accepted_at timestamptz,
                                  critical_before timestamptz, high_before timestamptz, routine_before timestamptz)
    returns boolean language sql stable
as $$
    select accepted_at < event_log.forgettable_before()
       and coalesce(its_time < case of_class when 'critical' then critical_before
                                             when 'high' then high_before
                                             else routine_before end, false)
$$;

create function event_log.check_times(critical_before timestamptz, high_before timestamptz, routine_before timestamptz)
    returns void language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if greatest(critical_before, high_before, routine_before) > event_log.forgettable_before() then
        raise exception 'events before %: (expected: at most %, since what is younger can be delivered again)',
            greatest(critical_before, high_before, routine_before), event_log.forgettable_before();
    end if;
end $$;

-- First days of the months that have a partition, oldest first.
create function event_log.months() returns setof date
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select to_date(substr(c.relname, 7), 'YYYY_MM') as month
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'event_log.event'::regclass and c.relname ~ '^event_\d{4}_\d{2}$'
    order by month
$$;

-- Reads a month whole: how many of its events have to stay, how many are past, by class; up to which stored id it was complete then,
-- and how many holds there were.
create function event_log.past_of_month(month date, critical_before timestamptz, high_before timestamptz,
                                        routine_before timestamptz,
                                        out kept bigint, out critical bigint, out high bigint, out routine bigint,
                                        out complete_to bigint, out holds bigint)
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
begin
    -- A transaction that inserts now has drawn ids a little below this; a million is hours of them.
    select greatest(last_value - 1000000, 0) into complete_to from event_log.stored_order;
    select count(*) into holds from event_log.hold;
    execute format(
        'select count(*) filter (where not go), count(*) filter (where go and class = ''critical''),
                count(*) filter (where go and class = ''high''), count(*) filter (where go and class = ''routine'')
         from (select class, event_log.is_past(class, case when clock_set then event_time else accepted_at end, accepted_at,
                                               $1, $2, $3)
                             and not event_log.is_held(serial, event_time, accepted_at) as go
               from event_log.%I) e', 'event_' || to_char(month, 'YYYY_MM'))
    into kept, critical, high, routine using critical_before, high_before, routine_before;
end $$;

-- Drops a month of which past_of_month has just found that nothing has to stay. Only those of more than a year ago: later ones
-- would be made again. False: something came, or a hold was set, since then; or the month is too young.
create function event_log.drop_month(month date, complete_to bigint, holds bigint, critical_before timestamptz,
                                     high_before timestamptz, routine_before timestamptz) returns boolean
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
    set lock_timeout = '5s'
as $$
declare
    partition text := 'event_' || to_char(month, 'YYYY_MM');
    stays     boolean;
begin
    perform event_log.check_times(critical_before, high_before, routine_before);
    if month + interval '1 month' > least(critical_before, high_before, routine_before)
       or critical_before is null or high_before is null or routine_before is null
       or month >= date_trunc('month', now()) - interval '12 months' then
        return false;
    end if;
    lock table event_log.hold in share mode;
    lock table only event_log.event in access exclusive mode;
    -- What came since stands at the end of an index, and holds are only ever added: the month is not read again.
    execute format(
        'select (select count(*) from event_log.hold) <> $5
             or exists (select 1 from event_log.%I where stored_id > $1
                          and not event_log.is_past(class, case when clock_set then event_time else accepted_at end,
                                                    accepted_at, $2, $3, $4))', partition)
    into stays using complete_to, critical_before, high_before, routine_before, holds;
    if stays then
        return false;
    end if;
    execute format('drop table event_log.%I', partition);
    return true;
end $$;

-- Deletes what is past among the next rows of a month behind a stored id; of the default partition where month is null, in which
-- no unit's clock is believed. Says up to which stored id it looked: null at the end.
create function event_log.erase_rows(month date, after bigint, most integer, critical_before timestamptz,
                                     high_before timestamptz, routine_before timestamptz,
                                     out looked_to bigint, out critical bigint, out high bigint, out routine bigint)
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
    set lock_timeout = '5s'
as $$
begin
    perform event_log.check_times(critical_before, high_before, routine_before);
    lock table event_log.hold in share mode;
    execute format(
        'with looked as materialized (
             select identity, event_time, stored_id from event_log.%1$I where stored_id > $1 order by stored_id limit $2),
         gone as (
             delete from event_log.%1$I e using looked l
              where e.identity = l.identity and e.event_time = l.event_time
                and event_log.is_past(e.class, case when $6 and e.clock_set then e.event_time else e.accepted_at end,
                                      e.accepted_at, $3, $4, $5)
                and not event_log.is_held(e.serial, e.event_time, e.accepted_at)
             returning e.class)
         select (select max(stored_id) from looked), count(*) filter (where class = ''critical''),
                count(*) filter (where class = ''high''), count(*) filter (where class = ''routine'') from gone',
        coalesce('event_' || to_char(month, 'YYYY_MM'), 'event_default'))
    into looked_to, critical, high, routine
    using after, least(most, 100000), critical_before, high_before, routine_before, month is not null;
end $$;

create or replace function event_log.narrow_grants() returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    revoke all on all tables in schema event_log from identicom_event_log;
    grant select, insert on event_log.event, event_log.audit, event_log.hold to identicom_event_log;
    grant update (lifted_at, lifted_by, lift_reason) on event_log.hold to identicom_event_log;
    grant select, insert, update, delete on event_log.outbox to identicom_event_log;
    grant select on event_log.schema_history to identicom_event_log;
end $$;
