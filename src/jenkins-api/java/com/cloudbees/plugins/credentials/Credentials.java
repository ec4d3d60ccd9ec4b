package com.cloudbees.plugins.credentials;

/** What somebody logs in with. */
public interface Credentials {}
