package com.cloudbees.plugins.credentials;

/** The usual choices. */
public class CredentialsMatchers {

    private CredentialsMatchers() {}

    public static CredentialsMatcher always() {
        return null;
    }
}
