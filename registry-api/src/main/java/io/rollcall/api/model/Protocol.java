package io.rollcall.api.model;

import java.util.Locale;

/** What an instance speaks on its port. */
public enum Protocol {
    /** Plain HTTP. */
    HTTP,
    /** HTTP over TLS. */
    HTTPS,
    /** gRPC. */
    GRPC,
    /** A TCP protocol of the service's own. */
    TCP,
    /** A UDP protocol of the service's own. */
    UDP;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the lower-case name used on the wire, in the log and in the store.
     *
     * @return such as {@code http}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * The protocol of a wire name.
     *
     * @param field the field that an error names
     * @param wireName such as {@code http}
     * @return the protocol
     * @throws InvalidRequestException for any other text
     */
    public static Protocol parse(String field, String wireName) {
        for (Protocol protocol : values()) {
            if (protocol.wireName.equals(wireName)) {
                return protocol;
            }
        }
        throw new InvalidRequestException(new Violation(field, "must be one of http, https, grpc, tcp, udp"));
    }
}
