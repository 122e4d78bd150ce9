package identicom.alertservice.journey;

import identicom.alertservice.alert.Alert;
import identicom.alertservice.store.AlertFollower;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;

/**
 * Begins an alert's journey with its first event, and notes when a person first took it up: acknowledged it, or closed it
 * without. By the rows as they now are, in the transaction that changes them; rows are locked in the order of the ids, as all
 * who write journeys do.
 *
 * <p>What is measured is the emergency: an alert that becomes critical, or live, only later counts from then, and as taken up
 * when a person takes it after that. Who held it by then has taken it up when they answer its ring.
 */
final class JourneyKeeper implements AlertFollower {

    private static final String KEEP = """
            with its as (
                select a.id, e.identity, e.event_time, e.decoded_at, a.raised_at,
                       a.class = 'critical' and not a.test and not a.canary as counted,
                       case when a.state <> 'open' and a.reopen_at is null then ?::timestamptz end as taken_at
                  from alerts.alert a
                  left join lateral (select * from alerts.event where alert_id = a.id order by ordinal limit 1) e on true
                 where a.id = any(?))
            insert into alerts.journey as j (alert_id, identity, unit_time, decoded_at, raised_at, counted, acknowledged_at)
            select id, identity, event_time, decoded_at, raised_at, counted, taken_at from its order by id
            on conflict (alert_id) do update
               set raised_at = case when excluded.counted and not j.counted then ?::timestamptz
                                    else greatest(j.raised_at, excluded.raised_at) end,
                   acknowledged_at = case when (excluded.counted and not j.counted) or excluded.raised_at > j.raised_at
                                          then excluded.acknowledged_at
                                          else coalesce(j.acknowledged_at, excluded.acknowledged_at) end,
                   counted = excluded.counted
             where j.counted <> excluded.counted
                or excluded.raised_at > j.raised_at
                or (j.acknowledged_at is null and excluded.acknowledged_at is not null)
            returning raised_at, acknowledged_at, counted""";

    private final JourneyMeters meters;

    JourneyKeeper(JourneyMeters meters) {
        this.meters = meters;
    }

    @Override
    public void changed(Connection tx, Collection<Alert> alerts, Instant now) throws SQLException {
        Object[] ids = alerts.stream().map(Alert::id).toArray();
        try (PreparedStatement keep = tx.prepareStatement(KEEP)) {
            keep.setObject(1, now.atOffset(ZoneOffset.UTC));
            keep.setArray(2, tx.createArrayOf("uuid", ids));
            keep.setObject(3, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = keep.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime taken = row.getObject("acknowledged_at", OffsetDateTime.class);
                    if (row.getBoolean("counted")
                            && taken != null
                            && taken.toInstant().equals(now)) {
                        // a transaction that is done again counts twice: the meter is for graphs, the table for the
                        // record
                        meters.acknowledged(
                                row.getObject("raised_at", OffsetDateTime.class).toInstant(), now);
                    }
                }
            }
        }
    }
}
