package io.jenkins.plugins.chaosgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static final String ERASE = "\r\u001b[K";

    private final Streams streams = new Streams();
    private final Terminal terminal = new Terminal(streams.out);

    @Test
    void plainLinesArePlain() {
        terminal.line("one");
        terminal.live(Optional.empty());

        assertThat(streams.out()).isEqualTo("one\n");
    }

    @Test
    void theLiveLineStaysBelow() {
        terminal.live(Optional.of("a"));
        terminal.live(Optional.of("b"));
        terminal.line("one");
        terminal.live(Optional.empty());
        terminal.line("two");

        assertThat(streams.out().replaceAll("\u001b\\[\\?7[lh]", ""))
                .isEqualTo("a" + ERASE + "b" + ERASE + "one\nb" + ERASE + "two\n");
    }

    @Test
    void aLineThatIsTooLongIsNotWrapped() {
        terminal.live(Optional.of("x"));

        assertThat(streams.out()).isEqualTo("\u001b[?7lx\u001b[?7h");
    }
}
