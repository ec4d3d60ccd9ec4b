package com.cloudbees.plugins.credentials.common;

import hudson.util.Secret;

/** A user name and a password. */
public interface StandardUsernamePasswordCredentials extends StandardCredentials {

    String getUsername();

    Secret getPassword();
}
