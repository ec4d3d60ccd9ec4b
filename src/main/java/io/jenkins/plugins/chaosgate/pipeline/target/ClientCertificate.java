package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/** A certificate with its private key, both in PEM, taken out of a key store. */
record ClientCertificate(String certificates, String privateKey) {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    /**
     * The first pair in the key store of the credentials.
     *
     * @throws IOException where there is none, or it cannot be read
     */
    static ClientCertificate of(StandardCertificateCredentials credentials) throws IOException {
        KeyStore store = credentials.getKeyStore();
        char[] opener = credentials.getPassword().getPlainText().toCharArray();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return of(store.getCertificateChain(alias), store.getKey(alias, opener));
                }
            }
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("the certificate credentials cannot be read ("
                    + unreadable.getClass().getSimpleName() + "): check their password");
        }
        throw new IOException("the certificate credentials hold no private key with its certificate");
    }

    private static ClientCertificate of(Certificate[] chain, Key key) throws GeneralSecurityException {
        StringBuilder certificates = new StringBuilder();
        for (Certificate certificate : chain) {
            certificates.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return new ClientCertificate(certificates.toString(), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "client certificate";
    }
}
