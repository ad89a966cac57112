package io.rollcall.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command sees of the world outside.
 *
 * @param out where results go
 * @param err where everything else goes
 * @param in where {@code -} is read from
 * @param environment the environment variables
 */
public record Terminal(PrintWriter out, PrintWriter err, InputStream in, Map<String, String> environment) {}
