package io.jenkins.plugins.chaosgate.testbed.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BookinfoTest {

    @Test
    void eachWorkloadHasAnAddressOfItsOwn() {
        assertThat(Bookinfo.WORKLOADS).extracting(Workload::index).doesNotHaveDuplicates();
    }

    @Test
    void aWorkloadIsFoundByItsName() {
        Workload workload = Bookinfo.workload("reviews-v3");

        assertThat(workload.service()).isEqualTo("reviews");
        assertThat(workload.version()).isEqualTo("v3");
        assertThat(workload.pod()).startsWith(workload.replicaSet()).startsWith(workload.name());
        assertThatThrownBy(() -> Bookinfo.workload("reviews-v4"))
                .hasMessageContaining("no workload reviews-v4")
                .hasMessageContaining("reviews-v3");
    }
}
