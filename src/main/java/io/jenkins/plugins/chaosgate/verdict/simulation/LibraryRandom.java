package io.jenkins.plugins.chaosgate.verdict.simulation;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/** Java's random numbers for the library's distributions. */
final class LibraryRandom extends AbstractRandomGenerator {

    private final RandomGenerator random;

    LibraryRandom(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public double nextDouble() {
        return random.nextDouble();
    }

    /** @throws UnsupportedOperationException always: the seed is the simulation's alone */
    @Override
    public void setSeed(long seed) {
        throw new UnsupportedOperationException("seeded by the simulation, once");
    }
}
