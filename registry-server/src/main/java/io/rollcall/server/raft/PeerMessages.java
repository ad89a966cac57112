package io.rollcall.server.raft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of requests and answers between members. A change of meaning is a new {@link PeerMethod}; fields may be
 * added at the end, since readers pass over what follows.
 */
final class PeerMessages {

    static final byte[] EMPTY = {};

    private PeerMessages() {}

    /** Codes are positions: append, never insert. */
    private static final List<String> ROLES = List.of("unknown", "follower", "candidate", "leader", "listener");

    /**
     * How far a member is.
     *
     * @param role what it is, as in {@link io.rollcall.server.app.ClusterState.MemberState}
     * @param term its current term
     * @param applied its applied log index
     * @param committed its committed log index
     * @param lastIndex the end of its log or snapshot; -1 if it has neither
     */
    record Status(String role, long term, long applied, long committed, long lastIndex) {

        byte[] toBytes() {
            return ByteBuffer.allocate(1 + 4 * Long.BYTES)
                    .put((byte) Math.max(0, ROLES.indexOf(role)))
                    .putLong(term)
                    .putLong(applied)
                    .putLong(committed)
                    .putLong(lastIndex)
                    .array();
        }

        static Status of(byte[] bytes) throws PeerException {
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                int role = buffer.get();
                return new Status(
                        role >= 0 && role < ROLES.size() ? ROLES.get(role) : ROLES.get(0),
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong());
            } catch (BufferUnderflowException e) {
                throw cutOff("status", bytes, e);
            }
        }
    }

    /**
     * What a member says of itself when it asks for a read index.
     *
     * @param term its current term; -1 if it has no right to vote, and so to vouch
     * @param voter its id
     */
    record Vouching(long term, String voter) {

        byte[] toBytes() {
            byte[] id = voter.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(Long.BYTES + id.length)
                    .putLong(term)
                    .put(id)
                    .array();
        }

        static Vouching of(byte[] bytes) throws PeerException {
            long term = number(bytes);
            return new Vouching(term, new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8));
        }
    }

    /**
     * A forwarded command.
     *
     * @param featureLevel level that it needs
     * @param encoded by the command codec
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; copying would cost a copy for each command
    record Forwarded(int featureLevel, byte[] encoded) {}

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] bytes) throws PeerException {
        try {
            return ByteBuffer.wrap(bytes).getLong();
        } catch (BufferUnderflowException e) {
            throw cutOff("number", bytes, e);
        }
    }

    /** {@code [4 bytes count]([4 bytes level][4 bytes length][command])*}. */
    static byte[] commands(List<Proposal> batch) {
        int size = Integer.BYTES;
        for (Proposal proposal : batch) {
            size += 2 * Integer.BYTES + proposal.encoded().length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(size).putInt(batch.size());
        for (Proposal proposal : batch) {
            buffer.putInt(proposal.featureLevel())
                    .putInt(proposal.encoded().length)
                    .put(proposal.encoded());
        }
        return buffer.array();
    }

    static List<Forwarded> commands(byte[] bytes) throws PeerException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int count = buffer.getInt();
            List<Forwarded> commands = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int featureLevel = buffer.getInt();
                int length = buffer.getInt();
                if (length < 0 || length > buffer.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] encoded = new byte[length];
                buffer.get(encoded);
                commands.add(new Forwarded(featureLevel, encoded));
            }
            return commands;
        } catch (BufferUnderflowException e) {
            throw cutOff("batch of commands", bytes, e);
        }
    }

    private static PeerException cutOff(String what, byte[] bytes, BufferUnderflowException cause) {
        return new PeerException("a peer's " + what + " of " + bytes.length + " bytes is cut off", false, cause);
    }
}
