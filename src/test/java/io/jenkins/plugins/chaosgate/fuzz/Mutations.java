package io.jenkins.plugins.chaosgate.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Inputs that are almost right: samples with some of their bytes changed. The same seed gives the same ones. */
public final class Mutations {

    /** What readers trip over. */
    private static final List<String> WORDS = List.of(
            "null",
            "0",
            "-1",
            "1e999",
            "NaN",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\n",
            "\n  - ",
            "&a ",
            "*a",
            "<<: ",
            "!!int ",
            "$",
            "${x}",
            "\u0000",
            "\ud83d",
            "99999999999999999999",
            "0x7f",
            "%",
            "PT-1S",
            "# ",
            "---\n",
            "\t",
            "true");

    private Mutations() {}

    /** The files below a folder as they are, then that many changed ones. */
    public static Stream<byte[]> of(Path folder, int number, long seed) throws IOException {
        List<byte[]> bytes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                bytes.add(Files.readAllBytes(file));
            }
        }
        Random random = new Random(seed);
        Stream<byte[]> changed = Stream.generate(() -> {
                    byte[] next = bytes.get(random.nextInt(bytes.size()));
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        next = changed(next, bytes, random);
                    }
                    return next;
                })
                .limit(number);
        return Stream.concat(bytes.stream(), changed);
    }

    private static byte[] changed(byte[] input, List<byte[]> samples, Random random) {
        int at = random.nextInt(input.length + 1);
        int length = Math.min(input.length - at, 1 << random.nextInt(6));
        return switch (random.nextInt(5)) {
            case 0 -> joined(head(input, at), tail(input, at + length));
            case 1 -> joined(head(input, at), word(random), tail(input, at + length));
            case 2 -> joined(head(input, at), word(random), tail(input, at));
            case 3 -> {
                byte[] other = samples.get(random.nextInt(samples.size()));
                yield joined(head(input, at), tail(other, random.nextInt(other.length + 1)));
            }
            default -> {
                byte[] flipped = input.clone();
                if (at < flipped.length) {
                    flipped[at] = (byte) random.nextInt();
                }
                yield flipped;
            }
        };
    }

    private static byte[] word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] head(byte[] bytes, int end) {
        return Arrays.copyOf(bytes, end);
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
