package identicom.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** One image in a tar of the OCI image layout (opencontainers/image-spec, {@code image-layout.md}). */
final class OciImage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path layout;
    private final String digest;
    private final JsonNode manifest;

    private OciImage(Path layout, String digest, JsonNode manifest) {
        this.layout = layout;
        this.digest = digest;
        this.manifest = manifest;
    }

    /** @param layout a new folder for what is in the tar */
    static OciImage read(Path tar, Path layout) throws IOException {
        try (TarArchiveInputStream archive = new TarArchiveInputStream(Files.newInputStream(tar))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                Path file = layout.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(archive, file);
                }
            }
        }
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        String digest = index.at("/manifests/0/digest").asText();
        return new OciImage(layout, digest, JSON.readTree(blob(layout, digest).toFile()));
    }

    /** Of its manifest: what it is known by in a registry. */
    String digest() {
        return digest;
    }

    /** How many bytes a registry stores of it. */
    long bytes() {
        return StreamSupport.stream(manifest.get("layers").spliterator(), false)
                .mapToLong(layer -> layer.get("size").asLong())
                .sum();
    }

    /** In the order in which they are laid over one another; gzipped tars. */
    List<Path> layers() {
        return StreamSupport.stream(manifest.get("layers").spliterator(), false)
                .map(layer -> blob(layout, layer.get("digest").asText()))
                .toList();
    }

    /** The whole image configuration; what a container is started with is in its field {@code config}. */
    JsonNode configuration() throws IOException {
        return JSON.readTree(
                blob(layout, manifest.at("/config/digest").asText()).toFile());
    }

    /** The texts of a list in {@code config}, such as {@code Env}. */
    List<String> texts(String field) throws IOException {
        return StreamSupport.stream(configuration().at("/config/" + field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Path blob(Path layout, String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }
}
