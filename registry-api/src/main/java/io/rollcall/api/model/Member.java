package io.rollcall.api.model;

/**
 * A member of the cluster as it announced itself.
 *
 * @param id its id, such as {@code n1}
 * @param http where clients reach it, as {@code host:port}
 * @param featureLevel the newest feature level that it can read, 1 or more
 */
public record Member(String id, String http, int featureLevel) {}
