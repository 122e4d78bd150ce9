package identicom.embedded;

import java.nio.file.Path;

/** A program with embedded children, to be killed: prints their pids and waits. */
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        KafkaBroker broker = KafkaBroker.start(KafkaBroker.Options.in(folder.resolve("kafka")));
        Postgres postgres =
                Postgres.start(Postgres.Options.in(folder.resolve("postgres")).withBinariesBelow(Path.of(args[1])));
        System.out.println(broker.pid() + " " + postgres.pid());
        Thread.currentThread().join();
    }
}
