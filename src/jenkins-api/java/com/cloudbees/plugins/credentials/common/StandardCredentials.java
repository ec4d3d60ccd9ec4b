package com.cloudbees.plugins.credentials.common;

/** Credentials that have an id and a description. */
public interface StandardCredentials extends IdCredentials {}
