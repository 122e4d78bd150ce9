package identicom.alertservice.store;

import identicom.alertservice.alert.AlertState;
import identicom.alertservice.view.AlertView;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Alerts by filter and page, newest reference first: a reference never changes, so no row moves between pages. */
public final class AlertList {

    /** Null: any. A serial also finds the floods that it is part of. */
    public record Filter(
            @Nullable AlertState state,
            @Nullable String serial,
            @Nullable String kind) {}

    /** @param next where the next page begins; null on the last one */
    public record Found(List<AlertView> alerts, @Nullable Long next) {}

    private final Transactions transactions;

    public AlertList(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Without the canary's. @param below only references with a number below this */
    public Found page(Filter filter, long below, int limit) throws SQLException {
        return page(filter, below, limit, false);
    }

    /** @param canaries whether the canary's alerts are among them */
    public Found page(Filter filter, long below, int limit, boolean canaries) throws SQLException {
        String sql = "select id, number from alerts.alert where number < ?"
                + (canaries ? "" : " and not canary")
                + (filter.state() == null ? "" : " and state = ?")
                + (filter.kind() == null ? "" : " and kind = ?")
                + (filter.serial() == null
                        ? ""
                        : " and (serial = ? or id in (select alert_id from alerts.flood_serial where serial = ?))")
                + " order by number desc limit ?";
        return transactions.snapshot(tx -> {
            List<UUID> ids = new ArrayList<>();
            Long next = null;
            try (PreparedStatement query = tx.prepareStatement(sql)) {
                set(query, filter, below, limit + 1);
                try (ResultSet row = query.executeQuery()) {
                    long last = below;
                    while (row.next()) {
                        if (ids.size() == limit) {
                            next = last;
                            break;
                        }
                        ids.add(Rows.uuid(row, "id"));
                        last = row.getLong("number");
                    }
                }
            }
            return new Found(Views.load(tx, ids).stream().map(Views.Shown::view).toList(), next);
        });
    }

    private static void set(PreparedStatement query, Filter filter, long below, int rows) throws SQLException {
        int at = 1;
        query.setLong(at++, below);
        if (filter.state() != null) {
            query.setString(at++, filter.state().text());
        }
        if (filter.kind() != null) {
            query.setString(at++, filter.kind());
        }
        if (filter.serial() != null) {
            query.setString(at++, filter.serial());
            query.setString(at++, filter.serial());
        }
        query.setInt(at, rows);
    }

    public Optional<AlertView> one(UUID id) throws SQLException {
        return transactions.snapshot(tx ->
                Views.load(tx, List.of(id)).stream().map(Views.Shown::view).findFirst());
    }
}
