package io.jenkins.plugins.chaosgate.gate.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.gate.GateHistory;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import io.jenkins.plugins.chaosgate.gate.port.GateTicket;
import io.jenkins.plugins.chaosgate.gate.port.PhaseName;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateLogTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final GateTicket TICKET =
            new GateTicket("7f3a", "https://ci/job/1/ \"<\u0000>", START, START.plusSeconds(60));
    private static final Experiment EXPERIMENT = ExperimentReader.read(
            "experiment.yaml",
            """
            name: "costs $${5} \\"quoted\\""
            target: {namespace: bookinfo, canary: {app: reviews, version: v2}}
            faults:
              - httpAbort: {to: ratings, status: 500}
              - httpDelay: {to: details, delay: 2s, percentage: 0.5%}
            steadyState:
              - failedRequests: {of: reviews, max: 10, per: 1m}
              - latency: {of: reviews, quantile: 99, max: 500ms}
              - promql: {name: "queue depth", query: 'sum(depth{app="reviews"})', max: 100}
              - webhook: {name: checkout works, url: "http://checks/checkout"}
            """,
            Map.of());

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("deep/7f3a.jsonl");
    }

    private static GateEvent.Warned warned(String text) {
        return new GateEvent.Warned(START, text);
    }

    private static GateEvent.Observed observed() {
        return new GateEvent.Observed(START, PhaseName.WATCH, List.of(), Duration.ZERO);
    }

    private Path written(GateEvent... events) throws IOException {
        try (GateLog log = GateLog.begin(file(), TICKET, EXPERIMENT)) {
            List.of(events).forEach(log::on);
        }
        return file();
    }

    @Test
    void whatIsReadIsWhatHappenedWhateverHappened() throws IOException {
        RandomEvents random = new RandomEvents(new Random(42), EXPERIMENT);
        List<GateEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RandomEvents.kinds().forEach(kind -> events.add(random.ofKind(kind)));
        }

        GateMemory memory = GateMemory.read(written(events.toArray(GateEvent[]::new)));

        assertThat(memory.ticket()).isEqualTo(TICKET);
        assertThat(memory.experiment()).isEqualTo(EXPERIMENT);
        assertThat(memory.events()).isEqualTo(events);
    }

    @Test
    void aLineIsThereAsSoonAsTheEventWasTold() throws IOException {
        try (GateLog log = GateLog.begin(file(), TICKET, EXPERIMENT)) {
            assertThat(GateMemory.read(file()).events()).isEmpty();
            log.on(warned("one"));
            assertThat(GateMemory.read(file()).events()).containsExactly(warned("one"));
        }
    }

    @Test
    void theMemoryTellsTheVerdictAndThePictureOfTheGate() throws IOException {
        GateEvent[] events = {
            new GateEvent.PhaseStarted(START, PhaseName.PREFLIGHT),
            warned("attention"),
            new GateEvent.PhaseEnded(START.plusSeconds(1), PhaseName.PREFLIGHT),
            new GateEvent.Finished(START.plusSeconds(2), Verdict.aborted("somebody said so"))
        };
        GateHistory history = new GateHistory(TICKET, EXPERIMENT);
        List.of(events).forEach(history::on);

        GateMemory memory = GateMemory.read(written(events));

        assertThat(memory.snapshot()).isEqualTo(history.snapshot());
        assertThat(memory.verdict()).contains(Verdict.aborted("somebody said so"));
        assertThat(new GateMemory(TICKET, EXPERIMENT, List.of()).verdict()).isEmpty();
    }

    @Test
    void aLastLineThatWasCutOffIsLeftOutWhereverItWasCut() throws IOException {
        byte[] whole = Files.readAllBytes(written(warned("one"), warned("two ✓")));
        GateMemory all = GateMemory.read(file());
        int lastLine = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf("{\"event\"");

        for (int length = lastLine; length < whole.length; length++) {
            Files.write(file(), java.util.Arrays.copyOf(whole, length));
            assertThat(GateMemory.read(file()).events()).containsExactly(warned("one"));
            try (GateLog log = GateLog.goOn(file())) {
                log.on(warned("two ✓"));
            }
            assertThat(Files.readAllBytes(file())).isEqualTo(whole);
            assertThat(GateMemory.read(file())).isEqualTo(all);
        }
    }

    @Test
    void anIdThatCouldLeadElsewhereIsRefused() throws IOException {
        Files.writeString(file(), Files.readString(written()).replace("\"id\":\"7f3a\"", "\"id\":\"../7f3a\""));
        assertThatThrownBy(() -> GateMemory.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("4 to 20 lower-case letters and digits, not: ../7f3a");
    }

    @Test
    void nothingWhereSomethingHasToBeIsRefused() throws IOException {
        String header = Files.readString(written()).strip();
        for (String line : List.of(
                "null",
                "{}",
                "{\"event\":\"java.lang.Runtime\"}",
                "{\"event\":\"quiet\"}",
                "{\"event\":\"quiet\",\"at\":null}",
                "{\"event\":\"quiet\",\"at\":\"2026-01-01T00:00:00Z\",\"more\":1}")) {
            Files.writeString(file(), header + "\n" + line + "\n" + line + "\n");
            assertThatThrownBy(() -> GateMemory.read(file()))
                    .as(line)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("7f3a.jsonl:2: expected an event of a gate");
        }
        Files.writeString(file(), header.replaceFirst("\"ticket\":\\{[^}]*}", "\"ticket\":null") + "\n");
        assertThatThrownBy(() -> GateMemory.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected the ticket of a gate, found nothing");
    }

    @Test
    void anExperimentOfAnotherLanguageIsRefused() throws IOException {
        Files.writeString(file(), Files.readString(written()).replace("httpDelay", "httpTarry"));
        assertThatThrownBy(() -> GateMemory.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("an experiment that this Chaos Gate does not understand")
                .hasMessageContaining("httpTarry");
    }

    @Test
    void aLastLineOfGarbageIsLeftOutTooButNotOneInBetween() throws IOException {
        String good = Files.readString(written(warned("one")));
        Files.writeString(file(), good + "\u0000\u0000\u0000\n");
        assertThat(GateMemory.read(file()).events()).containsExactly(warned("one"));

        Files.writeString(
                file(),
                good + "\u0000\u0000\u0000\n" + good.lines().skip(1).findFirst().orElseThrow() + "\n");
        assertThatThrownBy(() -> GateMemory.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7f3a.jsonl:3: expected an event of a gate");
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        String good = Files.readString(written());
        Files.writeString(file(), good.replace("\"gateLog\":2", "\"gateLog\":3"));
        assertThatThrownBy(() -> GateMemory.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("7f3a.jsonl:1: ")
                .hasMessageContaining("version 2, found version 3")
                .hasMessageContaining("the Chaos Gate that wrote it");
    }

    @Test
    void whatIsNoLogIsRefusedAndToldWhy() throws IOException {
        Files.createDirectories(file().getParent());
        for (Map.Entry<String, String> wrong : Map.of(
                        "",
                        "no whole line",
                        "{\"gateLog\":2",
                        "no whole line",
                        "<html>\n",
                        "Unexpected character",
                        "{\"hello\":1}\n",
                        "found something else",
                        "{\"gateLog\":2}\n",
                        "the ticket of a gate",
                        "{\"gateLog\":2,\"ticket\":{\"id\":\"../x\"}}\n",
                        "property 'origin'",
                        "[".repeat(5000) + "\n",
                        "nesting depth")
                .entrySet()) {
            Files.writeString(file(), wrong.getKey());
            assertThatThrownBy(() -> GateMemory.read(file()))
                    .as(wrong.getKey())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(wrong.getValue());
        }
        assertThatThrownBy(() -> GateMemory.read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anEventOfAnotherExperimentIsRefused() throws IOException {
        String log = Files.readString(written(
                new GateEvent.Observed(
                        START,
                        PhaseName.WATCH,
                        List.of(new GateEvent.Sight(
                                EXPERIMENT.steadyState().get(1),
                                java.util.Optional.empty(),
                                java.util.Optional.empty())),
                        Duration.ZERO),
                warned("one")));
        Files.writeString(file(), log.replace("\"threshold\":\"p99 of reviews\"", "\"threshold\":\"p98 of reviews\""));
        assertThatThrownBy(() -> GateMemory.read(file())).hasMessageContaining("found 'p98 of reviews'");
    }

    @Test
    void hostileBytesAreNeverMoreThanAnIoException() throws IOException {
        List<GateEvent> events = new RandomEvents(new Random(1), EXPERIMENT).some(40);
        byte[] good = Files.readAllBytes(written(events.toArray(GateEvent[]::new)));
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bytes = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(file(), bytes);
            try {
                GateMemory.read(file());
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aLogThatIsLargeEnoughKeepsNoMoreReadingsButAllElse() throws IOException {
        GateEvent decided = new GateEvent.Decided(START, Verdict.passed("it held"));
        try (GateLog log = GateLog.begin(file(), TICKET, EXPERIMENT, 2_000)) {
            for (int i = 0; i < 1_000; i++) {
                log.on(observed());
            }
            log.on(decided);
            log.on(warned("dropped"));
        }
        List<GateEvent> kept = GateMemory.read(file()).events();
        assertThat(Files.size(file())).isBetween(2_000L, 3_000L);
        assertThat(kept.get(0)).isEqualTo(observed());
        assertThat(kept).endsWith(decided);
        assertThat(kept)
                .filteredOn(GateEvent.Warned.class::isInstance)
                .singleElement()
                .satisfies(
                        event -> assertThat(((GateEvent.Warned) event).text()).contains("not kept"));
    }

    /** A disk with room for so many bytes. */
    private static final class SmallDisk extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int room;
        private int refusals;
        private boolean closed;

        SmallDisk(int room) {
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            if (bytes.size() >= room) {
                refusals++;
                throw new IOException("No space left on device");
            }
            bytes.write(b);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aDiskThatIsFullEndsTheLogAndNotTheGate() throws IOException {
        byte[] header = Files.readAllBytes(written());
        SmallDisk disk = new SmallDisk(100);
        GateLog log = new GateLog(file(), disk, 0, Long.MAX_VALUE);

        for (int i = 0; i < 10; i++) {
            log.on(warned("w" + i));
        }

        assertThat(disk.refusals).isEqualTo(1);
        assertThat(disk.closed).isTrue();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(header);
        file.writeBytes(disk.bytes.toByteArray());
        Files.write(file(), file.toByteArray());
        assertThat(GateMemory.read(file()).events()).containsExactly(warned("w0"));
    }

    @Test
    void aNewGateNeverWritesOverTheLogOfAnother() throws IOException {
        written(warned("one"));
        assertThatThrownBy(() -> GateLog.begin(file(), TICKET, EXPERIMENT))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(GateMemory.read(file()).events()).containsExactly(warned("one"));
    }

    @Test
    void aLogThatIsClosedTakesNoMore() throws IOException {
        GateLog log = GateLog.begin(file(), TICKET, EXPERIMENT);
        log.close();
        log.on(warned("late"));
        log.close();
        assertThat(GateMemory.read(file()).events()).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeToBeALogIsNotRead() throws IOException {
        Path huge = folder.resolve("huge");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(LogFile.LARGEST + 1);
        }
        assertThatThrownBy(() -> GateMemory.read(huge)).hasMessageContaining("at most " + LogFile.LARGEST);
    }
}
