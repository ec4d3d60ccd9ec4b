package io.jenkins.plugins.chaosgate.testbed.quick.mesh;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The folder through which one Envoy gets its configuration. Envoy takes a file in when another is moved onto it, so each
 * is written beside its place first; one that would say the same is left alone, so that nothing is taken in twice.
 */
public final class ConfigFiles {
    private final Path folder;
    private final Map<Path, ArrayNode> written = new HashMap<>();

    /** Uses a folder that exists. */
    public ConfigFiles(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** The file with the listeners. */
    public Path listeners() {
        return folder.resolve("listeners.json");
    }

    /** The file with the outbound routes. */
    public Path routes() {
        return folder.resolve("routes.json");
    }

    /** The file with the clusters. */
    public Path clusters() {
        return folder.resolve("clusters.json");
    }

    /** Writes what differs from what was written last. */
    public synchronized void write(SidecarConfig config) {
        write(clusters(), config.clusters());
        write(routes(), config.routes());
        write(listeners(), config.listeners());
    }

    private void write(Path file, ArrayNode resources) {
        if (resources.equals(written.get(file))) {
            return;
        }
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("version_info", Integer.toHexString(resources.hashCode()));
        response.set("resources", resources);
        try {
            Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".next"), response.toString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("could not write Envoy's configuration " + file, failure);
        }
        written.put(file, resources);
    }
}
