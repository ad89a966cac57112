package io.rollcall.api.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One line of an audit log: a JSON object that begins with the hash of the line before it and ends with its own.
 *
 * <p>The own hash is the SHA-256 of all that stands before it in the line, the hash of the line before among it, so that the
 * hash of a line stands for the whole log up to there.
 *
 * @param sequence its place in the log, counted on over files from 1
 * @param previous the hash of the line before; {@link #GENESIS} for the very first
 * @param hash its own
 * @param text as it stands in the file, without its end: one line of ASCII, whatever it names
 * @param json all members
 */
public record AuditLine(long sequence, String previous, String hash, String text, JsonNode json) {

    /** What the very first line of a log names as the hash of the line before. */
    public static final String GENESIS = "0".repeat(64);

    /** Longest line that is read, without its end. */
    public static final int MAX_BYTES = 64 * 1024;

    // Names hold whatever callers send: nothing of it reaches a terminal as a control character.
    private static final ObjectWriter WRITER = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final String PREVIOUS = "prev";
    private static final String SEQUENCE = "seq";
    private static final String HASH_MEMBER = ",\"hash\":\"";
    private static final int HASH_DIGITS = 64;
    private static final String SEAL_END = "\"}";

    /** From the comma before the own hash to the end of the line. */
    private static final int SEAL_BYTES = HASH_MEMBER.length() + HASH_DIGITS + SEAL_END.length();

    /**
     * Makes a line.
     *
     * @param sequence its place
     * @param previous the hash of the line before
     * @param members what it says; the three members of the chain are added
     * @return the line
     */
    public static AuditLine seal(long sequence, String previous, ObjectNode members) {
        ObjectNode json = Json.mapper().createObjectNode();
        json.put(PREVIOUS, previous);
        json.put(SEQUENCE, sequence);
        json.setAll(members);
        String open = open(json);
        String hash = sha256(open.getBytes(StandardCharsets.UTF_8));
        json.put("hash", hash);
        return new AuditLine(sequence, previous, hash, open + HASH_MEMBER + hash + SEAL_END, json);
    }

    private static String open(ObjectNode json) {
        try {
            String text = WRITER.writeValueAsString(json);
            return text.substring(0, text.length() - 1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    /**
     * Reads a line.
     *
     * @param line as it stands in the file, without its end
     * @return its content, which agrees with its own hash
     * @throws AuditFormatException saying what is wrong with it
     */
    public static AuditLine parse(byte[] line) throws AuditFormatException {
        int sealed = line.length - SEAL_BYTES;
        String hash = sealed <= 0 ? null : sealOf(line, sealed);
        if (hash == null) {
            throw new AuditFormatException("it does not end with a hash, so that it is no line of an audit log");
        }
        if (!hash.equals(sha256(line, sealed))) {
            throw new AuditFormatException("it was changed: its content does not agree with its hash");
        }
        JsonNode json;
        try {
            json = Json.mapper().readTree(line, 0, line.length);
        } catch (IOException e) {
            throw new AuditFormatException("it is no JSON");
        }
        JsonNode sequence = json.path(SEQUENCE);
        JsonNode previous = json.path(PREVIOUS);
        if (!sequence.canConvertToLong() || !previous.isTextual()) {
            throw new AuditFormatException("it lacks its place in the log, or the hash of the line before");
        }
        String text = new String(line, StandardCharsets.UTF_8);
        return new AuditLine(sequence.longValue(), previous.textValue(), hash, text, json);
    }

    private static @Nullable String sealOf(byte[] line, int from) {
        String seal = new String(line, from, SEAL_BYTES, StandardCharsets.ISO_8859_1);
        return seal.startsWith(HASH_MEMBER) && seal.endsWith(SEAL_END)
                ? seal.substring(HASH_MEMBER.length(), HASH_MEMBER.length() + HASH_DIGITS)
                : null;
    }

    private static String sha256(byte[] bytes) {
        return sha256(bytes, bytes.length);
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
