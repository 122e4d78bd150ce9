package identicom.standalone.doctor;

import identicom.schema.Profile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether main and priority are two clusters: an emergency has a way of its own only then. Waits for both to have said their ids. */
record TwoClustersCheck(CompletableFuture<String> main, CompletableFuture<String> priority, Profile profile)
        implements Check {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    public String subject() {
        return "Kafka main and priority";
    }

    @Override
    public List<Finding> find() throws InterruptedException {
        try {
            CompletableFuture.allOf(main, priority).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return List.of(Finding.skipped(subject(), "whether they are two is not known: not both answer"));
        }
        if (!main.join().equals(priority.join())) {
            return List.of(Finding.ok(subject(), "two clusters"));
        }
        return List.of(new Finding(
                profile == Profile.PRODUCTION ? Mark.WRONG : Mark.WARN,
                subject(),
                "one and the same cluster, id " + main.join(),
                "two clusters, so that critical events have a way of their own",
                "correct kafka.priority.bootstrap.servers, or build a second cluster on other machines"));
    }
}
