package io.jenkins.plugins.chaosgate.mesh.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that takes minutes: it runs when it is asked for. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "chaosgate.long",
        matches = "true",
        disabledReason = "takes minutes; -Dchaosgate.long=true runs it")
@interface AtLength {}
