package io.rollcall.server.config;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes values of texts, within their ranges; a text that is none is an {@link IllegalArgumentException}. */
final class SettingParsers {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
    private static final Map<String, Long> BYTES = Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");

    private SettingParsers() {}

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    /** Empty for "auto". */
    static Optional<Boolean> autoOrFlag(String text) {
        return switch (text) {
            case "auto" -> Optional.empty();
            case "true", "false" -> Optional.of(flag(text));
            default -> throw new IllegalArgumentException("must be auto, true or false");
        };
    }

    /** The certificates in a file; none for an empty path. */
    static List<X509Certificate> certificates(String path) {
        if (path.isEmpty()) {
            return List.of();
        }
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                certificates.add((X509Certificate) certificate);
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("must be a PEM file with certificates; there is none in it");
            }
            return certificates;
        } catch (IOException | CertificateException | InvalidPathException e) {
            throw new IllegalArgumentException("must be a PEM file with certificates: " + e, e);
        }
    }

    static Function<String, Integer> integer(int min, int max) {
        return text -> {
            int value = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
            if (value < min || value > max) {
                throw new IllegalArgumentException("must be a whole number of " + min + " to " + max);
            }
            return value;
        };
    }

    static Function<String, Duration> duration(Duration min, Duration max) {
        return text -> {
            Duration value = parseDuration(text);
            if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
                throw new IllegalArgumentException("must be " + Durations.format(min) + " to " + Durations.format(max));
            }
            return value;
        };
    }

    private static Duration parseDuration(String text) {
        try {
            return Durations.parse("", text);
        } catch (InvalidRequestException e) {
            throw new IllegalArgumentException(e.violations().get(0).message(), e);
        }
    }

    static Function<String, Long> size(String min, String max) {
        long minBytes = parseSize(min);
        long maxBytes = parseSize(max);
        return text -> {
            long value = parseSize(text);
            if (value < minBytes || value > maxBytes) {
                throw new IllegalArgumentException("must be " + min + " to " + max);
            }
            return value;
        };
    }

    private static long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a whole number with a unit B, KiB, MiB or GiB, such as 64MiB");
        }
        return Long.parseLong(matcher.group(1)) * BYTES.getOrDefault(matcher.group(2), 1L);
    }
}
