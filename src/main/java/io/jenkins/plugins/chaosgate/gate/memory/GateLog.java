package io.jenkins.plugins.chaosgate.gate.memory;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateListener;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes what happens in a gate to a file, an event a line, so that it outlives the process: each line is with the
 * operating system when {@link #on} returns. It is written by the thread that tells it; where a folder may hang, tell it
 * from a thread that nobody waits for. Never fails: a log that cannot be written ends, with a warning, and the gate goes
 * on. So what a log holds is always the beginning of the story, without a hole.
 */
public final class GateLog implements GateListener, Closeable {

    private static final System.Logger LOG = System.getLogger(GateLog.class.getName());

    /**
     * From this size on, in bytes, readings are no longer written: an hour's watch every 5 s over ten thresholds needs a
     * tenth of it. What tells of phases and faults still is, since a rollback may depend on it.
     */
    static final long ENOUGH_READINGS = 32L << 20;

    private final Path file;
    private final OutputStream out;
    private final long enough;
    private long length;
    private boolean full;
    private boolean ended;

    /** @param length how many bytes the file holds already */
    GateLog(Path file, OutputStream out, long length, long enough) {
        this.file = file;
        this.out = out;
        this.length = length;
        this.enough = enough;
    }

    /**
     * Begins the log of a new gate.
     *
     * @param file must not be there yet; its folder is made where it is missing
     */
    public static GateLog begin(Path file, GateTicket ticket, Experiment experiment) throws IOException {
        return begin(file, ticket, experiment, ENOUGH_READINGS);
    }

    static GateLog begin(Path file, GateTicket ticket, Experiment experiment, long enough) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.createFile(file);
        GateLog log = new GateLog(file, appending(file), 0, enough);
        try {
            log.append(LogLines.header(ticket, experiment));
            return log;
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    /** Goes on with the log of a gate that is resumed; what a crash left of a last line is cut off. */
    public static GateLog goOn(Path file) throws IOException {
        long length = LogFile.read(file).length();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
        return new GateLog(file, appending(file), length, ENOUGH_READINGS);
    }

    /** Not buffered; and other than a channel, not closed by an interrupt of the thread that writes. */
    private static OutputStream appending(Path file) throws IOException {
        return new FileOutputStream(file.toFile(), true);
    }

    @Override
    public synchronized void on(GateEvent event) {
        if (ended || full && isReading(event)) {
            return;
        }
        try {
            if (length >= enough && isReading(event)) {
                full = true;
                append(LogLines.event(new GateEvent.Warned(
                        event.at(),
                        "the log holds " + length + " bytes: what is read from here on is not kept in it")));
                return;
            }
            append(LogLines.event(event));
        } catch (IOException e) {
            end(e);
        }
    }

    private static boolean isReading(GateEvent event) {
        return event instanceof GateEvent.Observed
                || event instanceof GateEvent.Proven
                || event instanceof GateEvent.OthersSeen
                || event instanceof GateEvent.PodsSeen
                || event instanceof GateEvent.Warned;
    }

    private void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (length + bytes.length > LogFile.LARGEST) {
            throw new IOException("it would be larger than " + LogFile.LARGEST + " bytes");
        }
        out.write(bytes);
        length += bytes.length;
    }

    /** Whatever was written of the line that failed is the last of the file, where a reader leaves it out. */
    private void end(IOException why) {
        ended = true;
        LOG.log(
                System.Logger.Level.WARNING,
                "The log " + file
                        + " ends here: it cannot be written. The gate goes on; after a crash less is known of it.",
                why);
        close();
    }

    @Override
    public synchronized void close() {
        ended = true;
        try {
            out.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The log " + file + " cannot be closed", e);
        }
    }
}
