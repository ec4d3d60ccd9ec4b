package io.jenkins.plugins.chaosgate.telemetry.prometheus;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How to log in to Prometheus. Nothing of it is ever shown: neither by toString nor in messages. */
public sealed interface Credentials {
    /** Prometheus asks for none. */
    Credentials NONE = new None();

    /** The value of the Authorization header; empty where there is none. */
    Optional<String> authorization();

    /** A bearer token; an error where it is blank or has a character that cannot stand in a header. */
    static Credentials bearer(String token) {
        return new Bearer(token.strip());
    }

    /** A user name, which must not contain a colon, and a password. */
    static Credentials basic(String user, String password) {
        return new Basic(user, password);
    }

    /** No login. */
    record None() implements Credentials {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /** Login by a token. */
    record Bearer(String token) implements Credentials {
        public Bearer {
            if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
                throw new IllegalArgumentException(
                        "a bearer token is one word of visible ASCII characters; the one given is not");
            }
        }

        @Override
        public Optional<String> authorization() {
            return Optional.of("Bearer " + token);
        }

        @Override
        public String toString() {
            return "bearer token";
        }
    }

    /** Login by user name and password. */
    record Basic(String user, String password) implements Credentials {
        public Basic {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException(
                        "a user name is not empty and has no colon; the one given is not so");
            }
        }

        @Override
        public Optional<String> authorization() {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String toString() {
            return "user name and password";
        }
    }
}
