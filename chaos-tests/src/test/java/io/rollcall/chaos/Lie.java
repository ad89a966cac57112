package io.rollcall.chaos;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Arrays;

/** Answers to an export by HTTP that no receiver should give. */
enum Lie {
    /** That all is well, in bytes that are no message of OTLP. */
    NO_OTLP {
        @Override
        void tell(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(OK, BLOCK.length);
            exchange.getResponseBody().write(BLOCK);
        }
    },
    /** An answer without an end, as fast as it is read. */
    ENDLESS {
        @Override
        void tell(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(OK, CHUNKED);
            var body = exchange.getResponseBody();
            while (!Thread.interrupted()) {
                body.write(BLOCK);
            }
        }
    },
    /** One that ends before it should. */
    CUT {
        @Override
        void tell(HttpExchange exchange) throws IOException {
            exchange.sendResponseHeaders(OK, BLOCK.length + 1L);
            exchange.getResponseBody().write(BLOCK);
            exchange.getResponseBody().flush();
        }
    },
    /** That somebody else is to be asked, who is the same one. */
    ELSEWHERE {
        @Override
        void tell(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders()
                    .set("Location", exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(TEMPORARY_REDIRECT, NO_BODY);
        }
    },
    /** That he is to be asked again in a year. */
    NEXT_YEAR {
        @Override
        void tell(HttpExchange exchange) throws IOException {
            exchange.getResponseHeaders().set("Retry-After", "31536000");
            exchange.sendResponseHeaders(TOO_MANY_REQUESTS, NO_BODY);
        }
    };

    private static final int OK = 200;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long CHUNKED = 0;
    private static final long NO_BODY = -1;
    private static final byte[] BLOCK = new byte[64 * 1024];

    static {
        Arrays.fill(BLOCK, (byte) 0xFF);
    }

    /** Answers so, to a request that was read. The sender may give up before all is said. */
    abstract void tell(HttpExchange exchange) throws IOException;
}
