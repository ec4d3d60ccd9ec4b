package io.jenkins.plugins.chaosgate.experiment.language;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** From the bytes of a file to its text: UTF-8 and nothing else, and not too much of it. */
final class SourceText {

    /** The largest file that is read, and the largest text it may become with its variables: 1 MiB. */
    static final int MOST = 1024 * 1024;

    private SourceText() {}

    static String decode(byte[] bytes, Problems problems) {
        if (bytes.length > MOST) {
            throw tooLarge(bytes.length, problems);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            String found = String.format("found the byte 0x%02x, which is not UTF-8", bytes[in.position()]);
            throw problems.fatal(Location.after(out), "", found, "a text in UTF-8");
        }
        return withoutByteOrderMark(out.toString());
    }

    static String check(String text, Problems problems) {
        if (text.length() > MOST) {
            throw tooLarge(text.length(), problems);
        }
        return withoutByteOrderMark(text);
    }

    private static InvalidExperimentException tooLarge(int length, Problems problems) {
        return problems.fatal(
                Location.WHOLE_FILE, "", "found a file of " + length + " bytes", "an experiment of at most 1 MiB");
    }

    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
