package io.jenkins.plugins.chaosgate.gate.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of a gate as it was read from a file.
 *
 * @param length how many bytes of the file were understood; what lies behind them was cut off by a crash
 */
record LogFile(GateMemory memory, long length) {

    /** Twice what {@link GateLog} writes of readings; the rest of a log is short. What is larger is none. */
    static final long LARGEST = 64L << 20;

    static LogFile read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new IOException(
                    file + ": expected the log of a gate of at most " + LARGEST + " bytes, found " + size);
        }
        return parse(file, Files.readAllBytes(file));
    }

    private static LogFile parse(Path file, byte[] bytes) throws IOException {
        List<GateEvent> events = new ArrayList<>();
        int from = endOfLine(bytes, 0);
        if (from == 0) {
            throw new IOException(file + ": expected the log of a gate, found no whole line");
        }
        LogLines.Header header = header(file, line(bytes, 0, from));
        for (int number = 2, to; (to = endOfLine(bytes, from)) > from; number++) {
            try {
                events.add(LogLines.readEvent(line(bytes, from, to), header.experiment()));
            } catch (IOException e) {
                if (endOfLine(bytes, to) == to) {
                    break;
                }
                throw new IOException(
                        file + ":" + number + ": expected an event of a gate, found something else: " + words(e), e);
            }
            from = to;
        }
        return new LogFile(new GateMemory(header.ticket(), header.experiment(), events), from);
    }

    private static LogLines.Header header(Path file, String line) throws IOException {
        try {
            return LogLines.readHeader(line);
        } catch (IOException e) {
            throw new IOException(file + ":1: " + words(e), e);
        }
    }

    private static String words(IOException failure) {
        return failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
    }

    /** Where the line that begins there ends, its line break included; the beginning itself where it does not end. */
    private static int endOfLine(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return from;
    }

    private static String line(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
