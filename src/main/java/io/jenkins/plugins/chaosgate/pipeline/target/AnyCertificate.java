package io.jenkins.plugins.chaosgate.pipeline.target;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Believes every certificate, whoever shows it: for targets where an administrator said so, and was warned. */
final class AnyCertificate extends X509ExtendedTrustManager {

    private AnyCertificate() {}

    /** A TLS context that believes everybody; host names are not compared either. */
    static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("this Java cannot set up TLS: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
        // everybody
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
        // everybody
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // everybody
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
        // everybody
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
        // everybody
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
        // everybody
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
