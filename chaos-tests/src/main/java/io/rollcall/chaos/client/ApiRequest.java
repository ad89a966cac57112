package io.rollcall.chaos.client;

import io.rollcall.api.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to any node.
 *
 * @param method the HTTP method
 * @param path path and query, from {@code /}
 * @param body JSON; null for none
 * @param headers beside those that a body brings
 */
public record ApiRequest(
        String method, String path, @Nullable String body, Map<String, String> headers) {

    /** Copies the headers. */
    public ApiRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * A GET.
     *
     * @param path path and query
     * @return the request
     */
    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, null, Map.of());
    }

    /**
     * A PUT.
     *
     * @param path path and query
     * @param body JSON
     * @return the request
     */
    public static ApiRequest put(String path, String body) {
        return new ApiRequest("PUT", path, body, Map.of());
    }

    /**
     * A POST.
     *
     * @param path path and query
     * @param body JSON
     * @return the request
     */
    public static ApiRequest post(String path, String body) {
        return new ApiRequest("POST", path, body, Map.of());
    }

    /**
     * A DELETE.
     *
     * @param path path and query
     * @return the request
     */
    public static ApiRequest delete(String path) {
        return new ApiRequest("DELETE", path, null, Map.of());
    }

    /**
     * The same request under a request id.
     *
     * @param requestId 1 to 64 characters
     * @return a copy with the id
     */
    public ApiRequest withRequestId(String requestId) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.put(Headers.IDEMPOTENCY_KEY, requestId);
        return new ApiRequest(method, path, body, copy);
    }
}
