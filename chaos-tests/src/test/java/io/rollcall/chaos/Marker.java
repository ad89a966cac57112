package io.rollcall.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** A text that is looked for in files, byte by byte: as it is, and in base64 at any place in what was encoded. */
record Marker(String text) {

    private static final int BASE64_BYTES = 3;
    private static final int BASE64_CHARS = 4;

    /** The files below folders that hold it. */
    List<Path> foundIn(List<Path> folders) {
        List<byte[]> forms = forms();
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> holds(file, forms))
                        .forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot look through " + folder, e);
            }
        }
        return found;
    }

    private List<byte[]> forms() {
        List<byte[]> forms = new ArrayList<>();
        forms.add(text.getBytes(StandardCharsets.UTF_8));
        for (int before = 0; before < BASE64_BYTES; before++) {
            byte[] shifted = ("\0".repeat(before) + text).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // The characters that the marker alone decides.
            int first = before == 0 ? 0 : BASE64_CHARS;
            int last = shifted.length / BASE64_BYTES * BASE64_CHARS;
            forms.add(encoded.substring(first, last).getBytes(StandardCharsets.US_ASCII));
        }
        return forms;
    }

    private static boolean holds(Path file, List<byte[]> forms) {
        try {
            byte[] content = Files.readAllBytes(file);
            return forms.stream().anyMatch(form -> holds(content, form));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static boolean holds(byte[] content, byte[] form) {
        for (int i = 0; i <= content.length - form.length; i++) {
            int matched = 0;
            while (matched < form.length && content[i + matched] == form[matched]) {
                matched++;
            }
            if (matched == form.length) {
                return true;
            }
        }
        return false;
    }
}
