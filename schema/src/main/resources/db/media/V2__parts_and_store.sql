-- What media-service keeps beside the index: the pieces of pictures that are not whole yet, and which store it writes to.

-- corrupt_reading: the reading that the station declared corrupt, before all of its pieces were here.
-- lost_at: the file was found missing or damaged; what is said of the picture since then is what is still here of it.
alter table media.picture
    add column corrupt_reading smallint check (corrupt_reading in (1, 2)),
    add column changed_at      timestamptz not null default clock_timestamp(),
    add column lost_at         timestamptz,
    add constraint content_is_of_complete_and_corrupt
        check ((sha256 is not null) = (state in ('complete', 'corrupt'))),
    add constraint corrupt_is_whole check (state <> 'corrupt' or received = size);

drop index media.picture_of_serial;
drop index media.picture_by_time;
create index picture_newest on media.picture (taken_at, id);
create index picture_of_serial_newest on media.picture (serial, taken_at, id);
create index picture_by_content on media.picture (sha256) where sha256 is not null;

-- Pieces of a reading; no two of one reading overlap, so that they are never more than the picture's size.
create table media.part (
    picture_id bigint   not null references media.picture (id) on delete cascade,
    reading    smallint not null check (reading in (1, 2)),
    start_at   integer  not null check (start_at >= 0),
    length     integer  not null check (length > 0),
    data       bytea    not null,
    primary key (picture_id, reading, start_at) include (length),
    check (octet_length(data) = length)
);
alter table media.part alter column data set storage external; -- pictures are compressed already

-- The store that belongs to this index: it carries the same id. One row at most.
create table media.store (
    only_row boolean     primary key default true check (only_row),
    id       uuid        not null,
    since    timestamptz not null default clock_timestamp()
);

-- What the service's role may do here. Applied at every migration. A picture's row is never removed.
create function media.narrow_grants() returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    revoke all on all tables in schema media from identicom_media;
    grant select, insert, update on media.picture to identicom_media;
    grant select, insert, delete on media.part to identicom_media;
    grant select, insert on media.store to identicom_media;
    grant select, insert, update, delete on media.outbox to identicom_media;
    grant select on media.schema_history to identicom_media;
end $$;
