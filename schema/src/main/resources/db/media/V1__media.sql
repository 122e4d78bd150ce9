-- The index of pictures. Their contents come with media-service.

-- A picture is the same picture whenever serial, number, time taken, size and CRC are equal.
create table media.picture (
    id          bigint      primary key generated always as identity,
    serial      text        not null,
    picture     integer     not null check (picture between 0 and 65535),
    taken_at    timestamptz not null,                                   -- the unit's clock
    size        bigint      not null check (size between 0 and 4294967295),
    crc32       bigint      not null check (crc32 between 0 and 4294967295),
    state       text        not null check (state in ('partial', 'complete', 'corrupt', 'too-large')),
    received    bigint      not null default 0 check (received between 0 and size), -- bytes from the start without a gap
    sha256      bytea       check (length(sha256) = 32),
    stored_at   timestamptz not null default clock_timestamp(),
    unique (serial, picture, taken_at, size, crc32),
    check (state <> 'complete' or (received = size and sha256 is not null))
);
create index picture_of_serial on media.picture (serial, id);
create index picture_by_time on media.picture (taken_at);

-- Records on their way to Kafka, written in the transaction of what they tell.
create table media.outbox (
    id         bigint      primary key generated always as identity,
    topic      text        not null,
    clusters   text        not null check (clusters in ('main', 'priority', 'both')),
    key        bytea       not null,
    value      bytea,
    created_at timestamptz not null default clock_timestamp()
);
