package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;

/** Credentials that have an id. */
public interface IdCredentials extends Credentials {}
