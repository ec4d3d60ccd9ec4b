package io.jenkins.plugins.chaosgate.mesh.cluster;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** The {@code proxy-url} of a kubeconfig's cluster: all calls to the API go through it. */
final class ProxyAddress {

    private static final int HTTP_PORT = 80;
    private static final int SOCKS_PORT = 1080;

    private ProxyAddress() {}

    /**
     * The proxy as the client wants it, always with a port. May hold a user and a password.
     *
     * @throws IllegalArgumentException where it cannot be used; the message does not quote it
     */
    static String of(String url) {
        URI proxy;
        try {
            proxy = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("proxy-url is not a well-formed address");
        }
        String scheme = Objects.toString(proxy.getScheme(), "").toLowerCase(Locale.ROOT);
        boolean socks = scheme.equals("socks5") || scheme.equals("socks5h");
        if (!socks && !scheme.equals("http") || proxy.getHost() == null) {
            throw new IllegalArgumentException(
                    "proxy-url is not an address that begins with http:// or socks5://, the kinds of proxies that are"
                            + " supported");
        }
        if (socks && proxy.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "proxy-url holds a user or password for a SOCKS proxy, which is not supported: use an HTTP proxy");
        }
        int port = proxy.getPort() >= 0 ? proxy.getPort() : socks ? SOCKS_PORT : HTTP_PORT;
        String user = proxy.getRawUserInfo() == null ? "" : proxy.getRawUserInfo() + "@";
        return (socks ? "socks5" : "http") + "://" + user + proxy.getHost() + ":" + port;
    }
}
