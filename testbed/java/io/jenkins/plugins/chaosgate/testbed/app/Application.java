package io.jenkins.plugins.chaosgate.testbed.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;

/** The programs of all workloads, in this JVM. */
public final class Application implements AutoCloseable {

    private final List<Service> services = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Http.daemons("testbed-app"));
    private final OkHttpClient client = Http.client();

    private Application() {}

    /**
     * Starts a program for each workload at its places.
     *
     * @throws UncheckedIOException when one cannot listen; none is left then
     */
    public static Application start(List<Workload> workloads, Places places) {
        Application application = new Application();
        try {
            for (Workload workload : workloads) {
                application.services.add(Service.start(
                        workload,
                        places.program(workload),
                        places.outbound(workload),
                        application.client,
                        application.threads));
            }
            return application;
        } catch (IOException failure) {
            application.close();
            throw new UncheckedIOException("could not start the application: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        Http.close(client);
        threads.shutdownNow();
    }
}
