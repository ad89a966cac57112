package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No parameter of any route takes a path that leads elsewhere. */
final class PathTraversalIT {

    private static final List<String> HOSTILE = List.of(
            "..",
            "../../etc/passwd",
            "%2e%2e",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%2f..%2fetc%2fpasswd",
            "..%5c..%5cwindows",
            "a%00b",
            "%252e%252e%252f",
            ".%2e",
            "..;/x",
            "a/../../b",
            "%c0%ae%c0%ae");

    @TempDir
    Path folder;

    @Test
    void everyParameterOfEveryRouteRefusesThem() throws IOException {
        try (var node = new HttpNode(folder)) {
            var before = node.state();
            for (var route : node.routes()) {
                for (var hostile : HOSTILE) {
                    var position = route.path().indexOf('{');
                    while (position >= 0) {
                        var end = route.path().indexOf('}', position) + 1;
                        var path = route.path().substring(0, position)
                                + hostile
                                + route.path().substring(end).replaceAll("\\{[a-z]+}", "good");
                        assertRefused(node, route.method(), path);
                        position = route.path().indexOf('{', end);
                    }
                }
            }
            assertThat(node.state()).isEqualTo(before);
        }
    }

    private static void assertRefused(HttpNode node, String method, String path) throws IOException {
        try (var connection = new RawConnection(node.port)) {
            var body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
            var reply = connection
                    .send(method + " " + path
                            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .receive();

            // Not 2xx: unless the dots led to a path which is another route's, and that is then what was asked for.
            assertThat(reply.status())
                    .as("%s %s: %s", method, path, reply.body())
                    .isBetween(400, 499);
            assertThat(reply.body()).doesNotContain("root:");
        }
    }
}
