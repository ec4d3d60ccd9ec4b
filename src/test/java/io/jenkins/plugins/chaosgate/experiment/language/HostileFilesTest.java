package io.jenkins.plugins.chaosgate.experiment.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are broken, or meant to break the reader. */
class HostileFilesTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name: &a x            | 1:7: found the anchor '&a'; expected the value itself: aliases, anchors and tags",
                "name: *a              | 1:7: found the alias '*a'; expected the value itself",
                "target: &a {}         | 1:9: found the anchor '&a'",
                "name: !!str x         | 1:7: found the tag 'tag:yaml.org,2002:str'; expected the value itself",
                "name: !x y            | 1:7: found the tag '!x'",
                "target: !!java.net.URL [x] | 1:9: found the tag 'tag:yaml.org,2002:java.net.URL'",
                "target: !!map {}      | 1:9: found the tag 'tag:yaml.org,2002:map'",
                "? [a]: b              | 1:3: found a list or a map as the name of a field; expected a word",
                "{a: b}: c             | found a list or a map as the name of a field; expected a word",
                "name: a: b            | 1:8: found a ':' where no field can begin; quote a text that holds one",
                "name: 'a              | found the end of the file inside of a quoted text; expected YAML that can be read",
                "name: \"\\q\"         | 1:9: found an unknown escape after '\\'",
                "name: @x              | 1:7: found a character that cannot begin a value; quote the text",
                "faults: [a            | found no ',' or ']' where a list in brackets goes on or ends",
                "target: {a: b         | found no ',' or '}' where a map in braces goes on or ends",
                "name: 'a' b           | 1:11: found a line that is indented differently from the fields beside it, or text",
                "%YAML 9999999999.1    | expected YAML that can be read",
            })
    void explainsWhatYamlCannotSayHere(String yaml, String part) {
        assertThat(Try.lines(yaml))
                .singleElement()
                .asString()
                .startsWith("test.yaml:1:")
                .contains(part);
    }

    @Test
    void explainsTabsSecondDocumentsAndLinesThatAreNoFields() {
        assertThat(Try.lines("target:\n\tnamespace: x\n"))
                .singleElement()
                .asString()
                .isEqualTo("test.yaml:2:1: found a tab; indent with spaces; expected YAML that can be read");
        assertThat(Try.lines(Try.MINIMAL + "---\n" + Try.MINIMAL))
                .singleElement()
                .asString()
                .isEqualTo("test.yaml:6:1: found a second document; expected one experiment a file");
        assertThat(Try.lines("name: x\nwhatever\nfaults: []\n"))
                .singleElement()
                .asString()
                .contains("found a line that is neither 'field: value' nor '- item'");
        assertThat(Try.lines("name: x\u0000\n"))
                .singleElement()
                .asString()
                .isEqualTo("test.yaml:1:8: found the character U+0000; expected printable text");
    }

    @Test
    void refusesFieldsThatAreThereTwice() {
        assertThat(Try.lines(Try.MINIMAL.replace("version: v2", "version: v2, app: b") + "name: y\n"))
                .containsExactly(
                        "test.yaml:3:67: target.canary.app: found 'app' a second time; expected each field once; the first"
                                + " is on line 3",
                        "test.yaml:6:1: name: found 'name' a second time; expected each field once; the first is on line 2");
        assertThat(Try.problems("x.json", "{\"name\": \"a\",\n \"n\\u0061me\": \"b\"}", Map.of()))
                .extracting(Problem::toString)
                .contains(
                        "x.json:2:2: name: found 'name' a second time; expected each field once; the first is on line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": NaN}     | x.json:1:",
                "{\"name\": \"a\",}  | x.json:1:",
                "{'name': 1}         | x.json:1:2: not JSON: Unexpected character",
                "{\"name\": \"a\"    | x.json:1:",
                "{} {}               | x.json:1:4: found more after the end; expected one experiment a file",
                "{} x                | x.json:1:",
                "// {}               | x.json:1:1: not JSON",
            })
    void explainsWhatIsNotJson(String json, String part) {
        assertThat(Try.problems("x.json", json, Map.of()))
                .singleElement()
                .asString()
                .startsWith(part);
    }

    @Test
    void readsNothingButUtf8() {
        byte[] latin = "name: x\ntitle: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(problems(latin))
                .singleElement()
                .asString()
                .isEqualTo("x.yaml:2:11: found the byte 0xe9, which is not UTF-8; expected a text in UTF-8");
        assertThat(problems(Try.MINIMAL.getBytes(StandardCharsets.UTF_16)))
                .singleElement()
                .asString()
                .contains("0xfe");
        assertThat(problems(new byte[] {'a', (byte) 0xC3}))
                .singleElement()
                .asString()
                .contains("0xc3");
        assertThat(problems(new byte[] {(byte) 0xC0, (byte) 0x80}))
                .singleElement()
                .asString()
                .contains("0xc0");
    }

    @Test
    void refusesMoreThanAMebibyte() {
        String most = (Try.MINIMAL + "# some comment\n".repeat(MEBIBYTE / 10)).substring(0, MEBIBYTE);

        assertThat(problems(most.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(problems((most + "#").getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .asString()
                .isEqualTo("x.yaml: found a file of 1048577 bytes; expected an experiment of at most 1 MiB");
        assertThat(Try.lines(most + "#")).singleElement().asString().contains("at most 1 MiB");
    }

    @Test
    void refusesLinesThatTheParserWouldBroodOver() {
        String comment = "#".repeat(65_536);

        assertThat(Try.lines(Try.MINIMAL + comment + "\n")).isEmpty();
        assertThat(Try.lines(Try.MINIMAL + comment + "#"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "test.yaml:6:1: found a line of 65537 characters; expected lines of at most 65536 characters");
    }

    @Test
    void stopsAfterTwentyThousandValues() {
        assertThat(Try.lines("faults: [" + "a, ".repeat(19_998) + "]")).hasSize(101);
        assertThat(Try.lines("faults:\n" + "- a\n".repeat(20_001)))
                .singleElement()
                .asString()
                .isEqualTo("test.yaml:20002:3: found more than 20000 values; expected fewer");
    }

    @Test
    void stopsAfterAHundredProblems() {
        String yaml = Try.WITHOUT_FAULTS + "faults:\n" + "  - {}\n".repeat(10_000);

        assertThat(Try.problems(yaml))
                .hasSize(101)
                .last()
                .asString()
                .isEqualTo("test.yaml: found 100 problems, and stopped looking; expected an experiment");
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("x.yaml", full("[")),
                Arguments.of("x.yaml", full("{")),
                Arguments.of("x.yaml", full("{a: ")),
                Arguments.of("x.yaml", full("- ")),
                Arguments.of("x.yaml", full("? ")),
                Arguments.of("x.yaml", full("[\n")),
                Arguments.of("x.yaml", full("a: ")),
                Arguments.of("x.yaml", full("a\n")),
                Arguments.of("x.yaml", full(" ")),
                Arguments.of("x.yaml", full("'")),
                Arguments.of("x.yaml", full("\"\\x41")),
                Arguments.of("x.yaml", lines("a")),
                Arguments.of("x.yaml", "name: " + lines("a")),
                Arguments.of("x.yaml", "name: \"" + lines("a")),
                Arguments.of("x.yaml", "name: |\n" + lines(" a")),
                Arguments.of("x.yaml", "faults: [" + lines("a, ")),
                Arguments.of("x.yaml", "a: " + full("&a [*a, ")),
                Arguments.of("x.yaml", full("---\n")),
                Arguments.of("x.yaml", full("%YAML 1.1\n")),
                Arguments.of("x.yaml", numbered("k%d: 1\n")),
                Arguments.of("x.yaml", "name: x\ntarget: {" + numbered("k%d, ") + "}"),
                Arguments.of("x.yaml", "faults: [" + full("a, ") + "]"),
                Arguments.of("x.yaml", "name: " + full("x")),
                Arguments.of("x.yaml", full("x") + ": 1"),
                Arguments.of("x.yaml", "overrideFault: " + full("9")),
                Arguments.of("x.yaml", "watch: {duration: " + full("1h") + "}"),
                Arguments.of("x.yaml", Try.withThreshold("webhook: {name: a, url: 'http://" + full("a.") + "'}")),
                Arguments.of(
                        "x.yaml", Try.withThreshold("throughput: {of: " + full("a") + ", max: " + full("9") + "}")),
                Arguments.of("x.yaml", "name: '" + full("${") + "'"),
                Arguments.of("x.yaml", "name: '" + full("${A}") + "'"),
                Arguments.of("x.json", full("[")),
                Arguments.of("x.json", full("{\"a\":")),
                Arguments.of("x.json", "{\"name\": " + full("9") + "}"),
                Arguments.of("x.json", "{\"name\": \"" + full("x") + "\"}"),
                Arguments.of("x.json", "{" + numbered("\"k%d\": 1, ") + "}"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void judgesAMebibyteOfNonsenseQuickly(String file, String text) {
        String cut = text.substring(0, Math.min(text.length(), MEBIBYTE));

        // Takes a fraction of it; the rest is for a machine that is busy with other things.
        assertTimeout(Duration.ofSeconds(3), () -> assertThat(Try.problems(file, cut, Map.of()))
                .isNotEmpty());
    }

    @Test
    void judgesAWrongFileOfUsualSizeAtOnce() {
        String wrong =
                Try.WITHOUT_FAULTS + "faults:\n" + "  - httpAbort: {to: a, stats: 500, percentge: 1}\n".repeat(40);

        assertTimeout(
                Duration.ofSeconds(1), () -> assertThat(Try.problems(wrong)).hasSize(80));
    }

    /** Whatever is done to the examples, they are experiments or are explained. */
    @Test
    void givesNothingButProblemsForExamplesThatWereDamagedAtRandom() throws IOException {
        Random random = new Random(20_260_101);
        int wrong = 0;
        for (Path file : Examples.files()) {
            byte[] whole = Files.readAllBytes(file);
            Map<String, String> variables = Examples.variables(Files.readString(file));
            for (int round = 0; round < 1_500; round++) {
                byte[] damaged = damage(whole, random);
                wrong += survives(file.toString(), damaged, variables) ? 1 : 0;
                wrong += survives(file + ".json", damaged, Map.of()) ? 1 : 0;
            }
        }
        assertThat(wrong).isGreaterThan(5_000);
    }

    private static boolean survives(String file, byte[] bytes, Map<String, String> variables) {
        try {
            ExperimentReader.read(file, bytes, variables);
            return false;
        } catch (InvalidExperimentException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.message()).isNotBlank();
                assertThat(problem.toString().codePoints()).allMatch(Words::isShowable);
            });
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("not explained: " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
            bytes = switch (random.nextInt(6)) {
                case 0 -> spliced(bytes, at, 1, new byte[] {(byte) random.nextInt(256)});
                case 1 -> spliced(bytes, at, length, new byte[0]);
                case 2 -> spliced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
                case 3 ->
                    spliced(
                            bytes,
                            at,
                            0,
                            SNIPPETS.get(random.nextInt(SNIPPETS.size())).getBytes(StandardCharsets.UTF_8));
                case 4 ->
                    spliced(
                            bytes,
                            at,
                            1,
                            SNIPPETS.get(random.nextInt(SNIPPETS.size())).getBytes(StandardCharsets.UTF_8));
                default -> Arrays.copyOf(bytes, Math.max(1, at));
            };
        }
        return bytes;
    }

    private static final List<String> SNIPPETS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ": ",
            ",",
            "- ",
            "\n",
            "\t",
            "'",
            "\"",
            "\\",
            "\\U00110000",
            "\\ud800",
            "\"\\xZZ\"",
            "#",
            "&a ",
            "*a",
            "!!binary ",
            "!<!> ",
            "!<%ff> ",
            "%YAML 1.1\n",
            "---",
            "...",
            "|9",
            ">-",
            "? ",
            "~",
            "null",
            "${",
            "${A}",
            "$${",
            "\u0000",
            "\u0085",
            "\uFEFF",
            "\uD83D\uDE00",
            "-1",
            "1e999",
            "99999999999999999999",
            "0x1F",
            "NaN",
            "<<: ",
            "%",
            "@",
            "`",
            "1h1h");

    private static byte[] spliced(byte[] bytes, int at, int removed, byte[] added) {
        byte[] result = new byte[bytes.length - removed + added.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(added, 0, result, at, added.length);
        System.arraycopy(bytes, at + removed, result, at + added.length, bytes.length - at - removed);
        return result;
    }

    private static List<Problem> problems(byte[] bytes) {
        try {
            ExperimentReader.read("x.yaml", bytes, Map.of());
            return List.of();
        } catch (InvalidExperimentException e) {
            return e.problems();
        }
    }

    private static String full(String piece) {
        return piece.repeat(MEBIBYTE / piece.length() / 2);
    }

    /** The same, in lines as long as they may be. */
    private static String lines(String piece) {
        return (piece.repeat(65_000 / piece.length()) + "\n").repeat(16);
    }

    private static String numbered(String pattern) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < MEBIBYTE / 2; i++) {
            text.append(String.format(pattern, i));
        }
        return text.toString();
    }
}
