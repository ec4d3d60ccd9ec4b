package com.cloudbees.plugins.credentials.domains;

/** What credentials are wanted for. */
public class DomainRequirement {}
