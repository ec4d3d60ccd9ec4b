package com.cloudbees.plugins.credentials;

/** Chooses among credentials. */
public interface CredentialsMatcher {}
