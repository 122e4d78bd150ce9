package identicom.mediaservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import identicom.mediaservice.store.PictureStore.Deposit;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {
    private static final byte[] CONTENT = {1, 2, 3, 4, 5};
    private static final ContentHash HASH = ContentHash.of(CONTENT);

    @TempDir
    private Path folder;

    private FolderStore store;

    @BeforeEach
    void open() throws Exception {
        store = new FolderStore(folder.resolve("not").resolve("there"));
        store.giveId(UUID.fromString("0f6a1b6e-0000-4000-8000-000000000001"));
    }

    private void put(byte[] content) throws Exception {
        try (Deposit deposit = store.deposit()) {
            deposit.add(ContentHash.of(content), content);
            deposit.commit();
        }
    }

    @Test
    void aContentIsFoundUnderItsHashOnly() throws Exception {
        put(CONTENT);
        assertThat(store.size(HASH)).hasValue(5);
        assertThat(store.shelf(HASH.shelf())).containsOnlyKeys(HASH);
        assertThat(store.isEmpty()).isFalse();
        try (InputStream in = store.read(HASH, 3)) {
            assertThat(in.readAllBytes()).containsExactly(4, 5);
        }
        ContentHash other = ContentHash.of(new byte[] {9});
        assertThat(store.size(other)).isEmpty();
        assertThatThrownBy(() -> store.read(other, 0)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void beforeTheCommitNothingIsThereAndWithoutOneNothingIsLeft() throws Exception {
        try (Deposit deposit = store.deposit()) {
            deposit.add(HASH, CONTENT);
            assertThat(store.size(HASH)).isEmpty();
        }
        assertThat(store.isEmpty()).isTrue();
        assertThat(store.removeUnfinished()).isZero();
    }

    @Test
    void whatAKilledProcessLeavesIsNoContentAndIsRemoved() throws Exception {
        Deposit killed = store.deposit();
        killed.add(HASH, CONTENT);
        Files.write(store.unfinished(), new byte[] {1, 2});
        assertThat(store.isEmpty()).isTrue();
        assertThat(store.removeUnfinished()).isEqualTo(2);
        put(CONTENT);
        assertThat(store.size(HASH)).hasValue(5);
    }

    @Test
    void aDepositWhoseFileWasSweptAwayFails() throws Exception {
        try (Deposit late = store.deposit()) {
            late.add(HASH, CONTENT);
            store.removeUnfinished();
            assertThatThrownBy(late::commit).isInstanceOf(NoSuchFileException.class);
        }
        assertThat(store.isEmpty()).isTrue();
    }

    @Test
    void aDamagedContentIsReplacedByTheWhole() throws Exception {
        put(CONTENT);
        Files.write(store.path(HASH), new byte[] {1, 2});
        put(CONTENT);
        assertThat(store.path(HASH)).hasBinaryContent(CONTENT);
    }

    @Test
    void anotherProcessSeesTheSameIdAndContents() throws Exception {
        put(CONTENT);
        FolderStore other = new FolderStore(folder.resolve("not").resolve("there"));
        assertThat(other.id()).isEqualTo(store.id()).isPresent();
        assertThat(other.size(HASH)).hasValue(5);
        assertThat(new FolderStore(folder.resolve("empty")).id()).isEmpty();
    }

    @Test
    void filesOfOthersAreNoContents() throws Exception {
        put(CONTENT);
        Path shelf = store.folder(HASH.shelf());
        Files.write(shelf.resolve(".nfs0001"), new byte[1]);
        Files.write(shelf.resolve("f".repeat(64)), new byte[1]);
        assertThat(store.shelf(HASH.shelf())).containsOnlyKeys(HASH);
    }
}
