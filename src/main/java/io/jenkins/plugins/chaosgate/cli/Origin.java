package io.jenkins.plugins.chaosgate.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Who runs a gate, for the people who find its faults in a cluster. */
final class Origin {

    private Origin() {}

    /** The build's URL where a build server gives one (without user and password), else {@code user@host}. */
    static String of(Surroundings surroundings) {
        return surroundings
                .variable("BUILD_URL")
                .map(url -> url.replaceFirst("(?<=//)[^/]*@", ""))
                .orElseGet(() -> System.getProperty("user.name", "somebody") + "@" + host(surroundings));
    }

    private static String host(Surroundings surroundings) {
        return surroundings
                .variable("HOSTNAME")
                .or(() -> surroundings.variable("COMPUTERNAME"))
                .or(Origin::kernelName)
                .orElseGet(Origin::networkName);
    }

    /** Asked before the network: where no name server answers, that takes seconds. */
    private static Optional<String> kernelName() {
        Path file = Path.of("/proc/sys/kernel/hostname");
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String networkName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }
}
