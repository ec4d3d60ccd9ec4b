package io.jenkins.plugins.chaosgate;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.PluginWrapper;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The plugin as a Jenkins sees it. */
@WithJenkins
class PluginTest {

    @Test
    void isActiveInAJenkins(JenkinsRule jenkins) {
        PluginWrapper plugin = jenkins.getPluginManager().getPlugin("chaos-gate");
        assertThat(plugin).isNotNull();
        assertThat(plugin.isActive()).isTrue();
        assertThat(plugin.getDependencyErrors()).isEmpty();
    }
}
