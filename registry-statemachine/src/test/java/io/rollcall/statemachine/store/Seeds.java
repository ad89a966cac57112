package io.rollcall.statemachine.store;

import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seeds of random tests: told before use, and given again by {@code -Drollcall.test.seed}. */
final class Seeds {

    private static final Logger LOG = LoggerFactory.getLogger(Seeds.class);

    private Seeds() {}

    static long next() {
        long seed = Long.getLong("rollcall.test.seed", new Random().nextLong());
        LOG.atInfo().addKeyValue("rollcall.test.seed", seed).log("random test");
        return seed;
    }
}
