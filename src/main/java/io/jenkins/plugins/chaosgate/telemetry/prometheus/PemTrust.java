package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trust in certificate authorities of one's own. */
public final class PemTrust {
    private PemTrust() {}

    /**
     * A TLS context that trusts these authorities and no others.
     *
     * @param pem one certificate or more, in PEM
     * @throws IllegalArgumentException if there is no certificate in it, or one that cannot be read
     */
    public static SSLContext trusting(String pem) {
        Collection<? extends Certificate> authorities = certificates(pem);
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate authority : authorities) {
                store.setCertificateEntry("authority-" + number++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("this Java cannot set up TLS: " + failure.getMessage(), failure);
        }
    }

    private static Collection<? extends Certificate> certificates(String pem) {
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException(
                    "expected a certificate in PEM (-----BEGIN CERTIFICATE-----), found none");
        }
        // Text between certificates is usual in bundles; Java's reader refuses what stands before the first.
        String fromFirst = pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----"));
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(fromFirst.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException failure) {
            throw new IllegalArgumentException("a certificate in the PEM text cannot be read", failure);
        }
    }
}
