package io.rollcall.server.config;

/**
 * How much may be stored. A node looks at what it knows and refuses more; what is under way elsewhere it does not see, so that a
 * quota may be passed by as much as is under way at once.
 *
 * @param servicesPerNamespace services with an instance
 * @param instancesPerService instances of one service
 * @param instancesPerNamespace instances of all services of a namespace
 * @param instancesPerIdentity instances that one identity owns
 */
public record QuotaSettings(
        int servicesPerNamespace, int instancesPerService, int instancesPerNamespace, int instancesPerIdentity) {}
