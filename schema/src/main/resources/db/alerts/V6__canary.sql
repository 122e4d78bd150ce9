-- What the canary is judged by, and what of its way need not be kept.

-- The database's clock alone judges whether one came through in time: last_at is a station's, for people to read.
alter table alerts.canary
    add column through_at timestamptz,  -- when the last one came through
    add column sms_alert  uuid,         -- whose notification the last text message about it is
    add column sms_from   timestamptz;  -- told that text messages do not get out; null: the last one did
update alerts.canary set through_at = last_at;

-- When to look whether an alert's journey needs it; null: it does, and it is kept as long as its alert.
alter table alerts.event_acknowledged add column purge_at timestamptz default clock_timestamp() + interval '7 days';
create index event_acknowledged_to_purge on alerts.event_acknowledged (purge_at) where purge_at is not null;
