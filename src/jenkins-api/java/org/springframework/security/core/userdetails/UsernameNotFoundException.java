package org.springframework.security.core.userdetails;

import org.springframework.security.core.AuthenticationException;

/** There is no user of that name. */
public class UsernameNotFoundException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    public UsernameNotFoundException(String message) {
        super(message);
    }
}
