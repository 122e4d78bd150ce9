package identicom.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * The account PostgreSQL runs as. It refuses to run as root; started by root it runs as nobody, and where a folder above its data lets only
 * root in, with the one capability that takes it through (and the bit without which access(2) would ignore it).
 */
final class PostgresAccount {
    private static final int NOBODY = 65534;
    private static final String DEATH_SIGNAL = "INT";

    private final boolean root;

    PostgresAccount() {
        this.root = "root".equals(System.getProperty("user.name"));
    }

    /** Gives {@code path} to the account, when it is not ours anyway. */
    void own(Path path) throws IOException {
        if (root) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        }
    }

    ChildProcess.Terms terms(Path... folders) throws IOException {
        if (!root) {
            return ChildProcess.Terms.sameUser(DEATH_SIGNAL);
        }
        List<String> options = new ArrayList<>(List.of("--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        if (!everyoneReaches(folders)) {
            options.addAll(List.of(
                    "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup"));
        }
        return new ChildProcess.Terms(DEATH_SIGNAL, List.copyOf(options));
    }

    private static boolean everyoneReaches(Path... folders) throws IOException {
        for (Path folder : folders) {
            for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
                if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
        }
        return true;
    }
}
