package org.springframework.security.core;

import java.io.Serializable;
import java.security.Principal;

/** Somebody who is known. */
public interface Authentication extends Principal, Serializable {}
