package identicom.mediaservice;

import identicom.mediaservice.assembly.PictureIntake;
import identicom.mediaservice.index.Holdings;
import identicom.mediaservice.index.Index;
import identicom.mediaservice.index.StoreOwnership;
import identicom.mediaservice.store.FolderStore;
import identicom.mediaservice.store.PictureStore;
import identicom.mediaservice.sweep.Sweep;
import identicom.runtime.process.Metrics;
import identicom.schema.DatabaseSchema;
import identicom.schema.v1.PictureBlock;
import identicom.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Index and store of their own, and what stands in them. */
public final class MediaFixture implements AutoCloseable {
    public static final int MAX_PICTURE_BYTES = 1_048_576;

    private final TestDatabase database;
    private final Path root;
    private final Metrics metrics = new Metrics();

    public MediaFixture(Path root) throws Exception {
        this.database = TestDatabase.fresh(DatabaseSchema.MEDIA);
        this.root = root;
    }

    public TestDatabase database() {
        return database;
    }

    public Metrics metrics() {
        return metrics;
    }

    public PictureStore store() {
        return new FolderStore(root);
    }

    public Index index() {
        return new Index(database.service());
    }

    /** As a process that has just started has it. */
    public PictureIntake intake(PictureStore store) {
        return new PictureIntake(index(), store, new StoreOwnership(index(), store), MAX_PICTURE_BYTES, metrics);
    }

    public PictureIntake intake() {
        return intake(store());
    }

    public void take(List<PictureBlock> blocks) throws Exception {
        intake().handle(Shot.batch(blocks));
    }

    public void take(PictureBlock... blocks) throws Exception {
        intake().handle(Shot.batch(blocks));
    }

    public Sweep sweeper() {
        return new Sweep(index(), new Holdings(database.service()), store(), new StoreOwnership(index(), store()));
    }

    public Sweep.Result sweep() throws Exception {
        return sweeper().run();
    }

    /** One line a picture: serial, number, state, bytes received, hash. */
    public List<String> pictures() throws Exception {
        return database.column("select concat_ws(' ', serial, picture, state, received, encode(sha256, 'hex'))"
                + " from media.picture order by serial, picture");
    }

    public long parts() throws Exception {
        return database.number("select count(*) from media.part");
    }

    /** Names of the contents in the store, in order. */
    public List<String> contents() {
        return files().map(file -> file.getFileName().toString())
                .filter(name -> name.length() == 64)
                .sorted()
                .toList();
    }

    public long unfinished() {
        return files().filter(file -> file.getParent().endsWith("unfinished")).count();
    }

    public Path content(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private Stream<Path> files() {
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
