package io.rollcall.statemachine.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.CommandHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Commands as bytes of the log. One command is JSON, its fields in this order:
 *
 * <pre>{"type":"register-instance","version":1,"header":{...},"body":{...}}</pre>
 *
 * <p>An entry is {@code [1 byte format][8 bytes proposedAt][4 bytes count]([4 bytes length][command])*}, so that
 * commands that are encoded already are only put behind each other. Whatever is not known exactly, cannot be read:
 * {@link UndecodableException}.
 */
public final class CommandCodec {

    /** First byte of an entry whose commands are JSON. */
    static final byte FORMAT_JSON = 1;

    private static final int ENTRY_HEADER_BYTES = 1 + Long.BYTES + Integer.BYTES;
    private static final int TYPICAL_COMMAND_BYTES = 768;
    private static final int FINGERPRINT_CHARS = 32;

    private static final JsonFactory JSON = SchemaJson.MAPPER.getFactory();
    private static final String HEADER = "header";
    private static final String HEADER_2 = "header2";
    private static final ObjectWriter HEADER_WRITER = SchemaJson.partWriter(HeaderV1.class);
    private static final ObjectReader HEADER_READER = SchemaJson.partReader(HeaderV1.class);
    private static final ObjectWriter HEADER_2_WRITER = SchemaJson.partWriter(HeaderV2.class);
    private static final ObjectReader HEADER_2_READER = SchemaJson.partReader(HeaderV2.class);

    private CommandCodec() {}

    /**
     * Encodes one command in its newest version.
     *
     * @param command any
     * @return UTF-8 JSON
     */
    public static byte[] encode(Command command) {
        CommandSchema schema = CommandSchema.of(command);
        ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_COMMAND_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("type", schema.type());
            json.writeNumberField("version", schema.version());
            writeHeader(json, command.header());
            json.writeFieldName("body");
            schema.writer().writeValue(json, schema.freeze().apply(command));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("command '" + schema.type() + "' cannot be written as JSON", e);
        }
        return bytes.getClearAndRelease();
    }

    /** In the lowest version that can hold it, under a name that tells which one it is. */
    private static void writeHeader(JsonGenerator json, CommandHeader header) throws IOException {
        if (HeaderV2.isNeededFor(header)) {
            json.writeFieldName(HEADER_2);
            HEADER_2_WRITER.writeValue(json, HeaderV2.of(header));
        } else {
            json.writeFieldName(HEADER);
            HEADER_WRITER.writeValue(json, HeaderV1.of(header));
        }
    }

    /**
     * Decodes one command.
     *
     * @param command what {@link #encode} of this or an older version returned
     * @return the command
     * @throws UndecodableException if anything in it is unknown or missing
     */
    public static Command decode(byte[] command) {
        return decode(command, 0, command.length);
    }

    /**
     * Makes the bytes of a log entry.
     *
     * @param proposedAtMillis the proposing leader's wall clock, milliseconds since 1970
     * @param encodedCommands what {@link #encode} returned, at least one
     * @return the entry
     */
    public static byte[] entry(long proposedAtMillis, List<byte[]> encodedCommands) {
        int size = ENTRY_HEADER_BYTES;
        for (byte[] command : encodedCommands) {
            size = Math.addExact(size, Integer.BYTES + command.length);
        }
        ByteBuffer entry = ByteBuffer.allocate(size)
                .put(FORMAT_JSON)
                .putLong(proposedAtMillis)
                .putInt(encodedCommands.size());
        for (byte[] command : encodedCommands) {
            entry.putInt(command.length).put(command);
        }
        return entry.array();
    }

    /**
     * Decodes a log entry.
     *
     * @param entry what {@link #entry} of this or an older version returned
     * @return its commands
     * @throws UndecodableException if anything in it is unknown or missing
     */
    public static CommandBatch decodeEntry(byte[] entry) {
        if (entry.length < ENTRY_HEADER_BYTES) {
            throw new UndecodableException("log entry of " + entry.length + " bytes is cut off", null);
        }
        ByteBuffer buffer = ByteBuffer.wrap(entry);
        byte format = buffer.get();
        if (format != FORMAT_JSON) {
            throw new UndecodableException(
                    "log entry has format " + format + ", known is " + FORMAT_JSON + "; run a version that knows it",
                    null);
        }
        long proposedAtMillis = buffer.getLong();
        int count = buffer.getInt();
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = buffer.remaining() < Integer.BYTES ? -1 : buffer.getInt();
            if (length < 0 || length > buffer.remaining()) {
                throw new UndecodableException("log entry is cut off in command " + i + " of " + count, null);
            }
            commands.add(decode(entry, buffer.position(), length));
            buffer.position(buffer.position() + length);
        }
        if (count < 1 || buffer.hasRemaining()) {
            throw new UndecodableException(
                    "log entry has " + count + " commands and " + buffer.remaining() + " bytes behind them", null);
        }
        return new CommandBatch(proposedAtMillis, commands);
    }

    /**
     * Decodes a log entry.
     *
     * @param entry what {@link #entry} of this or an older version returned; its position stays
     * @return its commands
     * @throws UndecodableException if anything in it is unknown or missing
     */
    public static CommandBatch decodeEntry(ByteBuffer entry) {
        byte[] bytes = new byte[entry.remaining()];
        entry.duplicate().get(bytes);
        return decodeEntry(bytes);
    }

    /**
     * Returns a digest of what a command asks for, whoever asks and however often.
     *
     * @param command its header does not count
     * @return {@value #FINGERPRINT_CHARS} hexadecimal characters
     */
    public static String fingerprint(Command command) {
        CommandSchema schema = CommandSchema.of(command);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((schema.type() + "." + schema.version() + ":").getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(
                    schema.writer().writeValueAsBytes(schema.freeze().apply(command)));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_CHARS / 2);
        } catch (IOException e) {
            throw new UncheckedIOException("command '" + schema.type() + "' cannot be written as JSON", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Returns the feature level that a cluster must have before the command may enter its log.
     *
     * @param command any
     * @return 1 or more
     */
    public static int featureLevel(Command command) {
        int level = CommandSchema.of(command).featureLevel();
        return HeaderV2.isNeededFor(command.header()) ? Math.max(level, HeaderV2.FEATURE_LEVEL) : level;
    }

    /**
     * Names the kind of a command, as the log does.
     *
     * @param command any
     * @return such as {@code register-instance}
     */
    public static String type(Command command) {
        return CommandSchema.of(command).type();
    }

    private static Command decode(byte[] bytes, int offset, int length) {
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            expect(json.nextToken(), JsonToken.START_OBJECT, "a command");
            field(json, "type", JsonToken.VALUE_STRING);
            String type = json.getText();
            field(json, "version", JsonToken.VALUE_NUMBER_INT);
            CommandSchema schema = CommandSchema.of(type, json.getIntValue());
            CommandHeader header = readHeader(json);
            field(json, "body", JsonToken.START_OBJECT);
            CommandBody body = schema.reader().readValue(json);
            expect(json.nextToken(), JsonToken.END_OBJECT, "the end of a command");
            if (json.nextToken() != null) {
                throw new UndecodableException("command '" + type + "' has something behind its end", null);
            }
            return body.thaw(header);
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Without the command's text: a check's headers may hold a secret.
            throw new UndecodableException("command of " + length + " bytes cannot be read", e);
        }
    }

    private static CommandHeader readHeader(JsonParser json) throws IOException {
        String name = json.nextFieldName();
        if (!HEADER.equals(name) && !HEADER_2.equals(name)) {
            throw new UndecodableException("command has '" + json.currentName() + "' instead of a header", null);
        }
        expect(json.nextToken(), JsonToken.START_OBJECT, name);
        return HEADER.equals(name)
                ? HEADER_READER.<HeaderV1>readValue(json).thaw()
                : HEADER_2_READER.<HeaderV2>readValue(json).thaw();
    }

    private static void field(JsonParser json, String name, JsonToken value) throws IOException {
        if (!name.equals(json.nextFieldName())) {
            throw new UndecodableException("command has '" + json.currentName() + "' instead of '" + name + "'", null);
        }
        expect(json.nextToken(), value, name);
    }

    private static void expect(JsonToken found, JsonToken expected, String what) {
        if (found != expected) {
            throw new UndecodableException(what + " must be " + expected + ", is " + found, null);
        }
    }
}
