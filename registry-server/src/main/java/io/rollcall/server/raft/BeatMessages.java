package io.rollcall.server.raft;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.server.app.Beat;
import io.rollcall.server.app.BeatResult;
import io.rollcall.server.app.BeatResult.Renewed;
import io.rollcall.server.app.BeatResult.Stale;
import io.rollcall.server.app.BeatResult.Unconfirmed;
import io.rollcall.server.app.BeatResult.Unknown;
import io.rollcall.server.raft.PeerMessages.Vouching;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Heartbeats and their results between members: {@code [4 bytes count](beat)*[8 bytes term](voter)} with a beat being
 * namespace, name and id as modified UTF-8 and 8 bytes of incarnation, 0 for whichever is there, and the voter who vouches for
 * that term as modified UTF-8; {@code [4 bytes count](result)*} with a result being
 * a code and what belongs to it. Readers pass over what follows.
 */
final class BeatMessages {

    private static final int TYPICAL_BEAT_BYTES = 48;
    private static final int RESULT_BYTES = 9;

    // Codes are never changed.
    private static final int RENEWED = 0;
    private static final int UNKNOWN = 1;
    private static final int STALE = 2;
    private static final int UNCONFIRMED = 3;

    /**
     * What a member asks of the leader.
     *
     * @param beats that came to it
     * @param vouching what it said of itself after they had come
     */
    record Asked(List<Beat> beats, Vouching vouching) {}

    private BeatMessages() {}

    static byte[] asked(List<Beat> beats, Vouching vouching) {
        var bytes = new ByteArrayOutputStream(Integer.BYTES + beats.size() * TYPICAL_BEAT_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(beats.size());
            for (Beat beat : beats) {
                Long incarnation = beat.incarnation();
                out.writeUTF(beat.key().service().namespace().value());
                out.writeUTF(beat.key().service().name().value());
                out.writeUTF(beat.key().id().value());
                out.writeLong(incarnation == null ? 0 : incarnation);
            }
            out.writeLong(vouching.term());
            out.writeUTF(vouching.voter());
        } catch (IOException e) {
            throw new UncheckedIOException("writing heartbeats in memory", e);
        }
        return bytes.toByteArray();
    }

    static Asked asked(byte[] bytes) throws PeerException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<Beat> beats = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                InstanceKey key = InstanceKey.of(in.readUTF(), in.readUTF(), in.readUTF());
                long incarnation = in.readLong();
                beats.add(new Beat(key, incarnation == 0 ? null : incarnation));
            }
            return new Asked(beats, new Vouching(in.readLong(), in.readUTF()));
        } catch (IOException | InvalidRequestException e) {
            throw new PeerException("a peer's heartbeats of " + bytes.length + " bytes cannot be read", false, e);
        }
    }

    static byte[] results(List<BeatResult> results) {
        var bytes = new ByteArrayOutputStream(Integer.BYTES + results.size() * RESULT_BYTES);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(results.size());
            for (BeatResult result : results) {
                write(out, result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing results of heartbeats in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, BeatResult result) throws IOException {
        if (result instanceof Renewed renewed) {
            out.writeByte(RENEWED);
            out.writeInt((int) renewed.ttl().toMillis());
            out.writeInt((int) renewed.next().toMillis());
        } else if (result instanceof Stale stale) {
            out.writeByte(STALE);
            out.writeLong(stale.incarnation());
        } else if (result instanceof Unconfirmed unconfirmed) {
            out.writeByte(UNCONFIRMED);
            out.writeUTF(unconfirmed.code().wireName());
            out.writeUTF(unconfirmed.detail());
        } else {
            out.writeByte(UNKNOWN);
        }
    }

    static List<BeatResult> results(byte[] bytes) throws PeerException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<BeatResult> results = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                results.add(read(in));
            }
            return results;
        } catch (IOException e) {
            throw new PeerException("a peer's results of " + bytes.length + " bytes cannot be read", false, e);
        }
    }

    private static BeatResult read(DataInputStream in) throws IOException {
        int code = in.readByte();
        return switch (code) {
            case RENEWED -> new Renewed(Duration.ofMillis(in.readInt()), Duration.ofMillis(in.readInt()));
            case UNKNOWN -> new Unknown();
            case STALE -> new Stale(in.readLong());
            case UNCONFIRMED -> new Unconfirmed(errorCode(in.readUTF()), in.readUTF());
            default -> throw new IOException("code " + code + " is unknown here");
        };
    }

    private static ErrorCode errorCode(String wireName) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.wireName().equals(wireName)) {
                return code;
            }
        }
        return ErrorCode.NO_LEADER;
    }
}
