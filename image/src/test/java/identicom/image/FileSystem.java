package identicom.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image's layers, unpacked over one another. The owner of its files is whoever unpacks them.
 *
 * @param root its root folder
 * @param entries as the layers have them
 */
record FileSystem(Path root, List<Entry> entries) {
    /**
     * @param path absolute in the image, without an end in {@code /}
     * @param mode of POSIX, the bits beyond the permissions included
     * @param owner user id
     */
    record Entry(String path, boolean folder, int mode, long owner, Instant modified) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        boolean executable() {
            return !folder && (mode & 0111) != 0;
        }
    }

    /** @param root a new folder */
    static FileSystem unpack(OciImage image, Path root) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path layer : image.layers()) {
            try (InputStream file = Files.newInputStream(layer);
                    TarArchiveInputStream archive = new TarArchiveInputStream(new GZIPInputStream(file))) {
                for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                    entries.add(unpack(archive, entry, root));
                }
            }
        }
        return new FileSystem(root, List.copyOf(entries));
    }

    private static Entry unpack(TarArchiveInputStream archive, TarArchiveEntry entry, Path root) throws IOException {
        if (!entry.isDirectory() && !entry.isFile() || entry.isLink() || entry.isSymbolicLink()) {
            throw new IOException(entry.getName() + " is neither a file nor a folder");
        }
        String path = "/" + entry.getName().replaceAll("^/|/$", "");
        Path target = root.resolve(path.substring(1));
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(archive, target);
        }
        Files.setPosixFilePermissions(target, permissions(entry.getMode()));
        Instant modified = entry.getLastModifiedTime().toInstant();
        return new Entry(path, entry.isDirectory(), entry.getMode() & 07777, entry.getLongUserId(), modified);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] fromOwnersRead = PosixFilePermission.values();
        for (int bit = 0; bit < fromOwnersRead.length; bit++) {
            if ((mode & 0400 >> bit) != 0) {
                permissions.add(fromOwnersRead[bit]);
            }
        }
        return permissions;
    }

    /** The libraries of the program, by file name. */
    List<Path> jars() throws IOException {
        try (Stream<Path> found = Files.list(root.resolve("opt/identicom/libs"))) {
            return found.sorted().toList();
        }
    }
}
