package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import okhttp3.OkHttpClient;

/**
 * The client's own HTTP, but for redirects, which the client would follow: an API server sends none, and whoever sends one
 * could have the controller ask its own neighbours.
 */
final class DirectHttp extends OkHttpClientFactory {

    /** Called last, after the client's own settings. */
    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
        builder.followRedirects(false).followSslRedirects(false);
    }
}
