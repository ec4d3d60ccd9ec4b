package io.jenkins.plugins.chaosgate.packaging;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A built plugin, taken apart.
 *
 * @param files by their path, folders left out
 * @param own the files of the plugin's own jar
 */
record Hpi(Map<String, byte[]> files, Map<String, byte[]> own) {

    private static final String JAR = "WEB-INF/lib/chaos-gate-plugin.jar";

    static Hpi read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            Map<String, byte[]> files = unzip(content);
            return new Hpi(files, unzip(new ByteArrayInputStream(files.get(JAR))));
        }
    }

    /** What this build left. */
    static Path ofThisBuild() {
        return Path.of(System.getProperty("buildDirectory"), "chaos-gate.hpi");
    }

    /** What the default build left; a test that asks for it does not run where there is none. */
    static Path ofTheDefaultBuild() {
        String file = System.getProperty("default.hpi", "");
        assumeThat(file)
                .as("-Ddefault.hpi=FILE names the chaos-gate.hpi of the default build, as testbed/verify does")
                .isNotEmpty();
        return Path.of(file);
    }

    Manifest manifest() throws IOException {
        return new Manifest(new ByteArrayInputStream(files.get("META-INF/MANIFEST.MF")));
    }

    private static Map<String, byte[]> unzip(InputStream content) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(content);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
