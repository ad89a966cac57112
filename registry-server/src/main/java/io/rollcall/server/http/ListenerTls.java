package io.rollcall.server.http;

import io.rollcall.server.config.ClientAuthentication;
import java.time.Duration;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How a listener is protected.
 *
 * @param contexts gives the context for the next connection
 * @param clients whether clients are asked for a certificate
 * @param connectionMaxAge how long a connection may last
 */
public record ListenerTls(Supplier<SSLContext> contexts, ClientAuthentication clients, Duration connectionMaxAge) {}
