package hudson;

import java.net.http.HttpClient;

/** How Jenkins gets out. */
public final class ProxyConfiguration {

    private ProxyConfiguration() {}

    public static HttpClient.Builder newHttpClientBuilder() {
        return null;
    }
}
