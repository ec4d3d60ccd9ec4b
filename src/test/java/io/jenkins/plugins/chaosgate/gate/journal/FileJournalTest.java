package io.jenkins.plugins.chaosgate.gate.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.gate.port.Change;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.Journal;
import io.jenkins.plugins.chaosgate.gate.port.JournalEntry;
import io.jenkins.plugins.chaosgate.gate.port.ObjectRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");

    @TempDir
    Path temporary;

    private Instant now = START;

    private Path folder() {
        return temporary.resolve("deep/journal");
    }

    /** Each is a new process. */
    private FileJournal journal() {
        return new FileJournal(folder(), Runnable::run, () -> now);
    }

    private static GateTicket ticket(String gate) {
        return new GateTicket(gate, "https://ci/job/1/ \"<\u0000>", START, START.plusSeconds(60));
    }

    private static Change change(String gate, String object) {
        return change(gate, object, "{\"a\": \"✓\\n\"}");
    }

    private static Change change(String gate, String object, String body) {
        ObjectRef ref = new ObjectRef("networking.istio.io/v1alpha3", "EnvoyFilter", "bookinfo", object);
        return new Change(gate, ref, true, body, List.of(0, 2));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void open(String cluster, Change change) {
        done(journal().of(cluster).open(ticket(change.gate()), change));
        now = now.plusSeconds(1);
    }

    private List<Change> listed(String cluster) {
        return done(journal().of(cluster).list()).stream()
                .map(JournalEntry::change)
                .toList();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder())) {
            return files.toList();
        }
    }

    @Test
    void whatWasWrittenIsThereForTheNextProcessNewestFirst() {
        Change early = change("aaaa", "one");
        Change late = change("bbbb", "two");
        open("staging", early);
        open("staging", late);
        assertThat(done(journal().of("staging").list()))
                .containsExactly(
                        new JournalEntry("staging", ticket("bbbb"), late, START.plusSeconds(1)),
                        new JournalEntry("staging", ticket("aaaa"), early, START));
    }

    @Test
    void anEntrySaysWhichClusterAnsweredAndWhetherItDid() {
        Change change = change("aaaa", "one");
        Journal staging = journal().of("staging", () -> CompletableFuture.completedFuture(Optional.of("uid-1")));
        done(staging.open(ticket("aaaa"), change));
        JournalEntry open = new JournalEntry("staging", "uid-1", ticket("aaaa"), change, START, false);
        assertThat(done(staging.list())).containsExactly(open);
        now = now.plusSeconds(9);
        done(staging.answered(change));
        assertThat(done(journal().of("staging").list())).containsExactly(open.asAnswered());
    }

    @Test
    void whatIsStruckOutIsNotWrittenAgainByALateAnswer() throws IOException {
        Change change = change("aaaa", "one");
        open("staging", change);
        done(journal().of("staging").close(change));
        done(journal().of("staging").answered(change));
        assertThat(files()).isEmpty();
    }

    @Test
    void aClusterThatDoesNotSayWhichItIsIsWrittenDownWithoutThat() {
        Change change = change("aaaa", "one");
        done(journal()
                .of("staging", () -> CompletableFuture.failedFuture(new IllegalStateException("503")))
                .open(ticket("aaaa"), change));
        assertThat(done(journal().read()).entries())
                .containsExactly(new JournalEntry("staging", ticket("aaaa"), change, START));
    }

    @Test
    void anEntryOfAnEarlierVersionIsRead() throws IOException {
        JournalEntry entry = new JournalEntry("staging", ticket("aaaa"), change("aaaa", "one"), START);
        String old = new String(EntryJson.write(entry), StandardCharsets.UTF_8)
                .replace("\"identity\":\"\",", "")
                .replace(",\"answered\":false", "");
        assertThat(old).doesNotContain("identity", "answered");
        assertThat(EntryJson.read(bytes(old))).isEqualTo(entry);
    }

    @Test
    void clustersAreKeptApartAndReadTogether() {
        Change same = change("aaaa", "one");
        open("staging", same);
        open("production", same);
        assertThat(listed("staging")).containsExactly(same);
        assertThat(listed("elsewhere")).isEmpty();
        assertThat(done(journal().read()).entries())
                .extracting(JournalEntry::cluster)
                .containsExactly("production", "staging");

        done(journal().of("staging").close(same));
        assertThat(listed("staging")).isEmpty();
        assertThat(listed("production")).containsExactly(same);
    }

    @Test
    void writingTwiceReplacesAndClosingTwiceIsHarmless() {
        Change change = change("aaaa", "one");
        open("staging", change);
        open("staging", change);
        assertThat(listed("staging")).containsExactly(change);
        done(journal().of("staging").close(change));
        done(journal().of("staging").close(change));
        assertThat(listed("staging")).isEmpty();
    }

    @Test
    void objectsOfOneGateHaveEntriesOfTheirOwn() {
        open("staging", change("aaaa", "one"));
        open("staging", change("aaaa", "two"));
        done(journal().of("staging").close(change("aaaa", "one")));
        assertThat(listed("staging")).containsExactly(change("aaaa", "two"));
    }

    @Test
    void objectsThatAHashOfStringsWouldMixUpHaveEntriesOfTheirOwn() {
        open("staging", change("aaaa", "Aa"));
        open("staging", change("aaaa", "BB"));
        assertThat(listed("staging")).hasSize(2);
    }

    @Test
    void aNameFromOutsideNeverBecomesAPath() throws IOException {
        done(journal().of("../../x").open(ticket("aaaa"), change("../../y", "../../z")));
        assertThat(files()).singleElement().satisfies(file -> assertThat(
                        file.getFileName().toString())
                .matches("[0-9a-f]{8}-[0-9a-f]{24}\\.entry\\.json"));
        assertThat(listed("../../x")).hasSize(1);
    }

    @Test
    void dropsWhatACrashLeftOfADraftOnceItIsOld() throws IOException {
        open("staging", change("aaaa", "one"));
        assertThat(files()).hasSize(1);
        Path fresh = Files.createFile(folder().resolve("entry1.draft"));
        Path old = Files.createFile(folder().resolve("entry2.draft"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        assertThat(listed("staging")).hasSize(1);
        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void aFileThatCannotBeReadHidesNoOtherAndStays() throws IOException {
        open("staging", change("aaaa", "one"));
        Path broken = Files.writeString(folder().resolve("zzzz-0.entry.json"), "{\"journalEntry\":1");
        Path huge = folder().resolve("zzzz-1.entry.json");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(EntryFiles.LARGEST_ENTRY + 1L);
        }

        FileJournal.Contents contents = done(journal().read());

        assertThat(contents.entries()).hasSize(1);
        assertThat(listed("staging")).hasSize(1);
        assertThat(contents.unreadable())
                .extracting(FileJournal.Unreadable::file)
                .containsExactly(broken, huge);
        assertThat(contents.unreadable().get(1).why()).contains("larger than");
        assertThat(broken).exists();
    }

    @Test
    void anEntryThatIsClosedWhileOthersReadIsNoTrouble() throws IOException {
        open("staging", change("aaaa", "one"));
        EntryFiles files = new EntryFiles(folder());
        Path file = files.all().get(0);
        done(journal().of("staging").close(change("aaaa", "one")));
        assertThat(files.read(file)).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeFailsTheOpening() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        Journal journal = new FileJournal(file.resolve("x"), Runnable::run, () -> now).of("staging");
        assertThatThrownBy(() -> done(journal.open(ticket("aaaa"), change("aaaa", "one"))))
                .hasMessageContaining("the journal in " + file.resolve("x") + " cannot be used");
        assertThat(done(journal.list())).isEmpty();
    }

    @Test
    void aJournalIsBounded() throws IOException {
        Change huge = change("aaaa", "one", "x".repeat(EntryFiles.LARGEST_ENTRY));
        assertThatThrownBy(() -> open("staging", huge)).hasMessageContaining("is more than the");

        Files.createDirectories(folder());
        for (int i = 0; i < EntryFiles.MOST_ENTRIES; i++) {
            Files.createFile(folder().resolve(i + ".entry.json"));
        }
        assertThatThrownBy(() -> open("staging", change("aaaa", "one")))
                .hasMessageContaining("holds 1000 open entries; run: chaos-gate sweep");
    }

    @Test
    void hostileBytesAreNeverMoreThanAnIoException() throws IOException {
        JournalEntry entry = new JournalEntry("staging", ticket("aaaa"), change("aaaa", "one"), START);
        byte[] good = EntryJson.write(entry);
        assertThat(EntryJson.read(good)).isEqualTo(entry);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                EntryJson.read(bytes);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void whatIsNoEntryIsRefusedAndToldWhy() {
        assertThatThrownBy(() -> EntryJson.read(bytes("null"))).hasMessageContaining("version 1, found something else");
        assertThatThrownBy(() -> EntryJson.read(bytes("{\"journalEntry\":2}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 1, found version 2");
        assertThatThrownBy(() -> EntryJson.read(bytes("{\"journalEntry\":1,\"cluster\":\"x\"}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ticket");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
