package io.rollcall.server.http;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.server.app.access.Requirement;

/** What the routes need of their callers. */
final class Needs {

    /** Nothing is needed, and nobody is asked who he is. */
    static final Requirement OPEN = new Requirement.Open();

    /** The service in the path may be read. */
    static final Requirement SERVICE_READ = Requirement.named(AccessResource.SERVICE, AccessLevel.READ);

    /** The service in the path may be changed. */
    static final Requirement SERVICE_WRITE = Requirement.named(AccessResource.SERVICE, AccessLevel.WRITE);

    /** The same, or whatever service it is may be steered. */
    static final Requirement SERVICE_OR_OPERATOR_WRITE =
            new Requirement.Named(AccessResource.SERVICE, AccessLevel.WRITE, true);

    /** Some service of the namespace may be read; the handler leaves out the others. */
    static final Requirement SERVICES_READ = new Requirement.Listed(AccessResource.SERVICE, AccessLevel.READ);

    /** The handler decides what is watched. */
    static final Requirement EACH_SERVICE_READ = new Requirement.EachItem(AccessResource.SERVICE, AccessLevel.READ);

    /** The handler decides each item. */
    static final Requirement EACH_SERVICE_WRITE = new Requirement.EachItem(AccessResource.SERVICE, AccessLevel.WRITE);

    /** The key in the path may be read. */
    static final Requirement CONFIG_READ = Requirement.named(AccessResource.CONFIG, AccessLevel.READ);

    /** The key in the path may be changed. */
    static final Requirement CONFIG_WRITE = Requirement.named(AccessResource.CONFIG, AccessLevel.WRITE);

    /** Some key of the namespace may be read; the handler leaves out the others. */
    static final Requirement CONFIGS_READ = new Requirement.Listed(AccessResource.CONFIG, AccessLevel.READ);

    /** Whoever follows something. */
    static final Requirement SOME_READING = new Requirement.SomeReading();

    static final Requirement OPERATOR_READ = Requirement.whole(AccessResource.OPERATOR, AccessLevel.READ);

    static final Requirement OPERATOR_WRITE = Requirement.whole(AccessResource.OPERATOR, AccessLevel.WRITE);

    static final Requirement KEYS_READ = Requirement.whole(AccessResource.KEYS, AccessLevel.READ);

    static final Requirement KEYS_WRITE = Requirement.whole(AccessResource.KEYS, AccessLevel.WRITE);

    /** Files of the node that are no secret on its own machine. */
    static final Requirement OPERATOR_READ_BEYOND_LOOPBACK =
            new Requirement.Whole(AccessResource.OPERATOR, AccessLevel.READ, true);

    static final Requirement ACL_READ = Requirement.whole(AccessResource.ACL, AccessLevel.READ);

    static final Requirement ACL_WRITE = Requirement.whole(AccessResource.ACL, AccessLevel.WRITE);

    private Needs() {}
}
