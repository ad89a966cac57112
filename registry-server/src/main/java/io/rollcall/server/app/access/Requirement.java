package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.ServiceKey;
import org.jspecify.annotations.Nullable;

/** What an operation needs of whoever asks for it. Each operation of each facade has one. */
public sealed interface Requirement {

    /** What is asked for, as far as a requirement looks at it. A method may refuse what is malformed by throwing. */
    interface Target {

        /**
         * Tells whether only this machine reaches the listener that was asked.
         *
         * @return true if so
         */
        boolean isOnLoopback();

        /**
         * Returns the namespace that is asked for.
         *
         * @return the one that the operation will use
         */
        Namespace namespace();

        /**
         * Returns the name that is asked for.
         *
         * @return the one that the operation will use, decoded
         */
        String name();

        /**
         * A service.
         *
         * @param service which
         * @return asked for by whoever may be anywhere
         */
        static Target of(ServiceKey service) {
            return new Name(service.namespace(), service.name().value());
        }
    }

    /**
     * A name that is asked for.
     *
     * @param namespace its namespace
     * @param name it
     */
    record Name(Namespace namespace, String name) implements Target {

        @Override
        public boolean isOnLoopback() {
            return false;
        }
    }

    /**
     * Returns it as the contract names it.
     *
     * @return such as {@code service:read}
     */
    String text();

    /**
     * Tells whether whoever asks is not even looked at.
     *
     * @param target what is asked for
     * @return true if so
     */
    default boolean isOpen(Target target) {
        return false;
    }

    /**
     * Decides.
     *
     * @param caller who asks
     * @param target for what
     * @return what is missing; null if nothing is
     */
    @Nullable
    Permission missing(Caller caller, Target target);

    /** Nothing is needed, and no token is looked at. */
    record Open() implements Requirement {

        @Override
        public String text() {
            return "open";
        }

        @Override
        public boolean isOpen(Target target) {
            return true;
        }

        @Override
        public @Nullable Permission missing(Caller caller, Target target) {
            return null;
        }
    }

    /**
     * A permission on what has no names.
     *
     * @param resource operator, acl or keys
     * @param level to read or to write
     * @param isOpenOnLoopback whether callers on this machine need none
     */
    record Whole(AccessResource resource, AccessLevel level, boolean isOpenOnLoopback) implements Requirement {

        @Override
        public String text() {
            return resource.wireName() + ":" + level.wireName();
        }

        @Override
        public boolean isOpen(Target target) {
            return isOpenOnLoopback && target.isOnLoopback();
        }

        @Override
        public @Nullable Permission missing(Caller caller, Target target) {
            Permission needed = Permission.of(resource, level);
            return caller.may(needed) ? null : needed;
        }
    }

    /**
     * A permission on the name that is asked for.
     *
     * @param resource service or config
     * @param level to read or to write
     * @param isOrOperator whether {@code operator:write} will do as well
     */
    record Named(AccessResource resource, AccessLevel level, boolean isOrOperator) implements Requirement {

        @Override
        public String text() {
            String named = resource.wireName() + ":" + level.wireName();
            return isOrOperator ? named + " or operator:write" : named;
        }

        @Override
        public @Nullable Permission missing(Caller caller, Target target) {
            if (caller.mayEverywhere(resource, level) || (isOrOperator && caller.isOperator())) {
                return null;
            }
            Permission needed = new Permission(resource, level, target.namespace(), target.name());
            return caller.may(needed) ? null : needed;
        }
    }

    /**
     * A permission on some name of the namespace that is asked for. What may not be seen is left out by whoever answers.
     *
     * @param resource service or config
     * @param level to read or to write
     */
    record Listed(AccessResource resource, AccessLevel level) implements Requirement {

        @Override
        public String text() {
            return resource.wireName() + ":" + level.wireName();
        }

        @Override
        public @Nullable Permission missing(Caller caller, Target target) {
            if (caller.mayEverywhere(resource, level) || caller.maySome(resource, level, target.namespace(), "")) {
                return null;
            }
            return new Permission(resource, level, target.namespace(), "");
        }
    }

    /**
     * A permission on each of the things that the request names, decided one by one by whoever answers.
     *
     * @param resource service or config
     * @param level to read or to write
     */
    record EachItem(AccessResource resource, AccessLevel level) implements Requirement {

        @Override
        public String text() {
            return resource.wireName() + ":" + level.wireName();
        }

        @Override
        public @Nullable Permission missing(Caller caller, Target target) {
            return null;
        }
    }

    /** A permission to read some service or some configuration, wherever it is. */
    record SomeReading() implements Requirement {

        @Override
        public String text() {
            return "service:read or config:read";
        }

        @Override
        public @Nullable Permission missing(Caller caller, Target target) {
            boolean reads = caller.maySomewhere(AccessResource.SERVICE, AccessLevel.READ)
                    || caller.maySomewhere(AccessResource.CONFIG, AccessLevel.READ);
            return reads ? null : new Permission(AccessResource.SERVICE, AccessLevel.READ, null, "");
        }
    }

    /**
     * A permission on the name that is asked for.
     *
     * @param resource service or config
     * @param level to read or to write
     * @return the requirement
     */
    static Requirement named(AccessResource resource, AccessLevel level) {
        return new Named(resource, level, false);
    }

    /**
     * A permission on what has no names.
     *
     * @param resource operator, acl or keys
     * @param level to read or to write
     * @return the requirement
     */
    static Requirement whole(AccessResource resource, AccessLevel level) {
        return new Whole(resource, level, false);
    }
}
