package identicom.fleetservice.overview;

import identicom.fleetservice.overview.SystemView.StationView;
import identicom.fleetservice.storage.Transactions;
import identicom.runtime.http.Api;
import identicom.runtime.http.Request;
import identicom.runtime.http.Response;
import identicom.runtime.kafka.Clusters;
import identicom.runtime.process.Metrics;
import identicom.schema.Cluster;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The state of the system over HTTP: answers 200 whatever is down, and says what. */
public final class SystemApi implements AutoCloseable {
    private final Transactions transactions;
    private final Clock clock;
    private final List<ClusterLag> clusters;

    public SystemApi(Transactions transactions, Clusters clusters, BacklogLimits limits, Metrics metrics, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.clusters = Stream.of(Cluster.values())
                .map(cluster -> new ClusterLag(cluster, clusters, limits, metrics))
                .toList();
    }

    public void bind(Api api) {
        api.bind("getSystem", this::get);
    }

    public void start() {
        clusters.forEach(ClusterLag::start);
    }

    private void get(Request request, Response response) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String database = "up";
        List<StationView> stations = List.of();
        try {
            stations = transactions.read(connection -> StationQuery.stations(connection, now));
        } catch (SQLException e) {
            database = "down";
        }
        response.json(
                200,
                new SystemView(
                        now, database, clusters.stream().map(ClusterLag::view).toList(), stations));
    }

    @Override
    public void close() {
        clusters.forEach(ClusterLag::close);
    }
}
