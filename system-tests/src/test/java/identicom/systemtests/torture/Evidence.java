package identicom.systemtests.torture;

import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.TakenPicture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is kept of a schedule that failed, in a folder of its own: what was done, what was violated, the ends of the logs, the journals. */
final class Evidence {
    private static final int LINES = 500;

    private final Path folder;

    private Evidence(Path folder) {
        this.folder = folder;
    }

    /** @return the folder */
    static Path keep(Path below, Schedule schedule, World world, Throwable failure) throws IOException {
        Evidence evidence = new Evidence(Files.createDirectories(below.resolve("seed-" + schedule.seed())));
        evidence.write("schedule.txt", List.of(schedule.toString(), again(schedule)));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        evidence.write("failure.txt", List.of(trace.toString()));
        if (failure instanceof Trial.Failed failed) {
            evidence.write(
                    "journals.txt",
                    failed.journals().stream().flatMap(Evidence::lines).toList());
        }
        for (Part part : world.parts()) {
            evidence.log(world, part);
        }
        return evidence.folder;
    }

    private static String again(Schedule schedule) {
        return "again: ./mvnw verify -pl system-tests -am -Dskip.torture=false -Dit.test=TortureIT -Dtest=None"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
                + " -Didenticom.first-seed=" + schedule.seed() + " -Didenticom.schedules=1 -Didenticom.brokers="
                + schedule.mainBrokers();
    }

    private void log(World world, Part part) throws IOException {
        if (part.isOurs()) {
            write(part.title() + ".log", end(world.said(part)));
            return;
        }
        List<String> all = new ArrayList<>();
        for (Path file : world.logs(part)) {
            all.add("== " + file.getFileName());
            all.addAll(end(Files.readAllLines(file)));
        }
        write(part.title() + ".log", all);
    }

    private static List<String> end(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    private static Stream<String> lines(Journal journal) {
        Set<Entry> deleted = new HashSet<>(journal.deleted());
        Set<TakenPicture> gone = new HashSet<>(journal.deletedPictures());
        Stream<String> events = journal.logged().stream()
                .map(entry -> journal.serial() + (deleted.contains(entry) ? " deleted " : " held ") + entry);
        Stream<String> pictures = journal.pictures().stream()
                .map(picture -> journal.serial() + (gone.contains(picture) ? " deleted " : " held ") + picture.entry());
        return Stream.concat(events, pictures);
    }

    private void write(String name, List<String> lines) throws IOException {
        Files.write(folder.resolve(name), lines);
    }
}
