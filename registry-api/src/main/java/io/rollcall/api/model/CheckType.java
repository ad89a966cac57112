package io.rollcall.api.model;

import java.util.Locale;

/** How the leader asks an instance whether it is well. */
public enum CheckType {
    /** A request over HTTP. */
    HTTP,
    /** A request over HTTPS. */
    HTTPS,
    /** A connection that opens. */
    TCP,
    /** A datagram that is answered. */
    UDP,
    /** The gRPC health protocol. */
    GRPC;

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
     * Tells whether the check is an HTTP request.
     *
     * @return true for {@link #HTTP} and {@link #HTTPS}
     */
    public boolean isHttp() {
        return this == HTTP || this == HTTPS;
    }

    /**
     * The check that fits a protocol when none is named.
     *
     * @param protocol what the instance speaks
     * @return the check of the same name
     */
    public static CheckType of(Protocol protocol) {
        return valueOf(protocol.name());
    }

    /**
     * The check of a wire name.
     *
     * @param field the field that an error names
     * @param wireName such as {@code http}
     * @return the type
     * @throws InvalidRequestException for any other text
     */
    public static CheckType parse(String field, String wireName) {
        for (CheckType type : values()) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        throw new InvalidRequestException(new Violation(field, "must be one of http, https, tcp, udp, grpc"));
    }
}
