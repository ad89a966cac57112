package io.rollcall.server.config;

import java.time.Duration;

/**
 * How a node serves HTTP.
 *
 * @param listen where it listens; port 0 lets the system choose
 * @param advertised where clients reach it, if not where it listens; the port 0 stands for the listener's
 * @param maxConnections open connections; over it new ones wait in the system's accept queue
 * @param maxThreads threads that handle requests; each connection has one job at most, so their queue is bounded, too
 * @param idleTimeout how long a connection may be silent, also between two requests
 * @param bodyTimeout how long the body of a request may take to arrive
 */
public record HttpSettings(
        HostPort listen,
        HostPort advertised,
        int maxConnections,
        int maxThreads,
        Duration idleTimeout,
        Duration bodyTimeout) {}
