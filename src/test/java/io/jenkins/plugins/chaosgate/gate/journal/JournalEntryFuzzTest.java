package io.jenkins.plugins.chaosgate.gate.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.fuzz.Mutations;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whatever a file of the journal holds is an entry that can be written and read again, or not an entry. */
class JournalEntryFuzzTest {

    /** For Jazzer, too: testbed/fuzz. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        JournalEntry entry;
        try {
            entry = EntryJson.read(input);
        } catch (IOException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            return;
        }
        assertThat(EntryJson.read(EntryJson.write(entry))).isEqualTo(entry);
    }

    @Test
    void readsWhateverComes() throws IOException {
        Path samples = Path.of("src/test/resources/fuzz/journal");
        assertThat(EntryJson.read(Files.readAllBytes(samples.resolve("entry.json")))
                        .change()
                        .gate())
                .isEqualTo("7f3a");
        for (byte[] input : Mutations.of(samples, 10_000, 1).toList()) {
            fuzzerTestOneInput(input);
        }
    }
}
