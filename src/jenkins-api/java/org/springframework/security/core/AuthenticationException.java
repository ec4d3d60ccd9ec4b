package org.springframework.security.core;

/** Somebody is not known. */
public abstract class AuthenticationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AuthenticationException(String message) {}
}
