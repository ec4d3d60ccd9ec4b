package io.jenkins.plugins.chaosgate.testbed.parts;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Whether a plain HTTP address answers. */
public final class Probe {

    private static final int LIMIT_MILLIS = 5000;

    private Probe() {}

    /**
     * Whether a GET is answered with 200.
     *
     * @throws IOException when nobody answers
     */
    public static boolean answers(URI address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
