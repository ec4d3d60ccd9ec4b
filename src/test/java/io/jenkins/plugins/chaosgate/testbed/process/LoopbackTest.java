package io.jenkins.plugins.chaosgate.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopbackTest {

    @Test
    void twoBedsNeverShareABlock() {
        try (Loopback one = Loopback.claim();
                Loopback other = Loopback.claim()) {
            assertThat(one.address(1, 21)).matches("127\\.\\d+\\.1\\.21").isNotEqualTo(other.address(1, 21));
            assertThat(one).hasToString(one.address(0, 0) + "/16");
        }
    }

    @Test
    void aBlockThatWasGivenBackIsFreeAgain() {
        Loopback kept = Loopback.claim();
        Loopback given = Loopback.claim();
        String address = given.address(0, 1);
        given.close();
        given.close();
        try (kept;
                Loopback again = Loopback.claim()) {
            // Another bed on this machine may have taken it meanwhile; what was kept is never given out.
            assertThat(again.address(0, 1)).isNotEqualTo(kept.address(0, 1));
            assertThat(address).isNotEqualTo(kept.address(0, 1));
        }
    }
}
