package io.jenkins.plugins.chaosgate.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.WebApp;
import org.kohsuke.stapler.jelly.JellyClassLoaderTearOff;

/** Every view can be read by Jenkins, those too that no test comes to see. */
@WithJenkins
class ViewsTest {

    @Test
    void areAllJelly(JenkinsRule jenkins) throws Exception {
        List<Path> views;
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            views = files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }

        assertThat(views).isNotEmpty();
        // Stapler's reader asks which request it reads for.
        jenkins.executeOnServer(() -> {
            JellyClassLoaderTearOff reader = WebApp.getCurrent()
                    .getMetaClass(jenkins.jenkins)
                    .classLoader
                    .loadTearOff(JellyClassLoaderTearOff.class);
            assertThat(views).allSatisfy(view -> assertThatCode(() ->
                            reader.createContext().compileScript(view.toUri().toURL()))
                    .doesNotThrowAnyException());
            return null;
        });
    }
}
