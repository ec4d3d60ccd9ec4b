package io.jenkins.plugins.chaosgate.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Extension;
import hudson.PluginWrapper;
import hudson.model.Descriptor;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import net.java.sezpoz.Index;
import net.java.sezpoz.IndexItem;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** The .hpi of the default build, as it is, in a Jenkins of its own with all that it depends on. */
class InstalledHpiIT {

    private static final String PLUGIN = "chaos-gate";

    @RegisterExtension
    final RealJenkinsExtension jenkins = new RealJenkinsExtension().omitPlugins(PLUGIN);

    @Test
    void worksInAJenkins() throws Throwable {
        Path installed = jenkins.getHome().toPath().resolve("plugins/" + PLUGIN + ".jpi");
        Files.copy(Hpi.ofTheDefaultBuild(), installed);
        jenkins.then(InstalledHpiIT::isActive, InstalledHpiIT::extensionsAreThere, InstalledHpiIT::symbolsAreFound);
    }

    private static void isActive(JenkinsRule jenkins) {
        PluginWrapper plugin = plugin();
        assertThat(plugin.isActive()).isTrue();
        assertThat(plugin.getDependencyErrors()).isEmpty();
        assertThat(jenkins.getPluginManager().getFailedPlugins()).isEmpty();
    }

    private static void extensionsAreThere(JenkinsRule jenkins) throws Exception {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (IndexItem<Extension, Object> item : Index.load(Extension.class, Object.class, plugin().classLoader)) {
            if (item.className().startsWith("io.jenkins.plugins.chaosgate.")) {
                found++;
                Object extension = item.instance();
                if (jenkins.jenkins.getExtensionList(extension.getClass()).isEmpty()) {
                    missing.add(item.className());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isPositive();
    }

    private static void symbolsAreFound(JenkinsRule jenkins) throws Exception {
        int found = 0;
        for (AnnotatedElement element :
                org.jvnet.hudson.annotation_indexer.Index.list(Symbol.class, plugin().classLoader)) {
            Class<?> type = (Class<?>) element;
            if (type.getName().startsWith("io.jenkins.plugins.chaosgate.")) {
                found++;
                Descriptor<?> descriptor = Jenkins.get().getDescriptorByType(type.asSubclass(Descriptor.class));
                String symbol = type.getAnnotation(Symbol.class).value()[0];
                assertThat(SymbolLookup.get().findDescriptor(descriptor.clazz, symbol))
                        .isSameAs(descriptor);
            }
        }
        assertThat(found).isPositive();
    }

    private static PluginWrapper plugin() {
        return Jenkins.get().getPluginManager().getPlugin(PLUGIN);
    }
}
