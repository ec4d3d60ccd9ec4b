package io.jenkins.plugins.chaosgate.testbed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void fillsEveryPlaceAndLeavesOtherText() {
        assertThat(Template.fill("@NAME@:@PORT_NUMBER@ a@b @NAME@ \"@type\"", Map.of("NAME", "$1", "PORT_NUMBER", 80)))
                .isEqualTo("$1:80 a@b $1 \"@type\"");
    }

    @Test
    void refusesAPlaceWithoutAValue() {
        assertThatThrownBy(() -> Template.fill("@NAME@", Map.of("OTHER", 1)))
                .hasMessage("no value for @NAME@, only for [OTHER]");
    }
}
