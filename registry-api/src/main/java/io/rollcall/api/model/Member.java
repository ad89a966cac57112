package io.rollcall.api.model;

/**
 * A member of the cluster as it announced itself.
 *
 * @param id its id, such as {@code n1}
 * @param http where clients reach it: {@code host:port}, or {@code https://host:port} where it speaks TLS
 * @param featureLevel the newest feature level that it can read, 1 or more
 */
public record Member(String id, String http, int featureLevel) {

    private static final String TLS = "https://";

    /**
     * Returns where clients reach it, however it speaks.
     *
     * @return {@code host:port}
     */
    public String address() {
        return http.startsWith(TLS) ? http.substring(TLS.length()) : http;
    }

    /**
     * Returns how clients speak to it.
     *
     * @return {@code http} or {@code https}
     */
    public String scheme() {
        return http.startsWith(TLS) ? "https" : "http";
    }

    /**
     * Says how a member is announced.
     *
     * @param address where clients reach it, {@code host:port}
     * @param tls whether it speaks TLS with them
     * @return the value of {@link #http}
     */
    public static String announced(String address, boolean tls) {
        return tls ? TLS + address : address;
    }
}
