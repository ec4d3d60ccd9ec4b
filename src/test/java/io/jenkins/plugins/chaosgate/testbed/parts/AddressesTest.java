package io.jenkins.plugins.chaosgate.testbed.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.chaosgate.testbed.app.Bookinfo;
import io.jenkins.plugins.chaosgate.testbed.app.Workload;
import io.jenkins.plugins.chaosgate.testbed.process.Loopback;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void everyListenerHasAnAddressOfItsOwnInTheBlock() {
        try (Loopback block = Loopback.claim()) {
            Addresses addresses = new Addresses(block);
            Workload reviews = Bookinfo.workload("reviews-v2");
            String prefix = block.address(0, 0).replaceFirst("0\\.0$", "");

            List<String> listeners = Stream.of(
                            addresses.etcd(),
                            addresses.api(),
                            addresses.controllers(),
                            addresses.controlPlane(),
                            addresses.prometheus().getHost(),
                            addresses.workload(reviews),
                            addresses.egress(reviews))
                    .toList();

            assertThat(listeners).doesNotHaveDuplicates().allMatch(address -> address.startsWith(prefix));
            assertThat(addresses.inbound(reviews)).hasToString("http://" + prefix + "1.22:9080");
            assertThat(addresses.outbound(reviews)).hasToString("http://" + prefix + "2.22:9080");
            assertThat(addresses.admin(reviews)).hasToString("http://" + prefix + "1.22:15000");
            assertThat(addresses.program(reviews).getHostString()).isEqualTo(prefix + "1.22");
            assertThat(addresses.program(reviews).getPort()).isNotEqualTo(Addresses.MESH_PORT);
        }
    }
}
