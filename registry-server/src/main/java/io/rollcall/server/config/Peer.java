package io.rollcall.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A founding member of the cluster.
 *
 * @param id its id
 * @param raft the address at which the other members reach it
 */
public record Peer(String id, HostPort raft) {

    private static final int MAX_PEERS = 9;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * Requires the rule of member ids.
     *
     * @param text the candidate
     * @return the id
     * @throws IllegalArgumentException if it is none
     */
    static String parseId(String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be 1 to 64 characters of [A-Za-z0-9._-] and start with a letter or digit");
        }
        return text;
    }

    /**
     * Reads the founding members.
     *
     * @param text {@code n1=HOST:PORT,n2=HOST:PORT}; empty for none
     * @return sorted by id
     * @throws IllegalArgumentException saying what is wrong
     */
    static List<Peer> parseAll(String text) {
        List<Peer> peers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            Peer peer = parse(part.strip());
            if (!seen.add("id " + peer.id) || !seen.add("address " + peer.raft)) {
                throw new IllegalArgumentException("names the id or the address of '" + part.strip() + "' twice");
            }
            peers.add(peer);
        }
        if (peers.size() > MAX_PEERS) {
            throw new IllegalArgumentException("must name at most " + MAX_PEERS + " members, names " + peers.size());
        }
        peers.sort(Comparator.comparing(Peer::id));
        return List.copyOf(peers);
    }

    private static Peer parse(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "must be ID=HOST:PORT,…, such as n1=10.0.0.1:8300; '" + part + "' is not");
        }
        HostPort raft = HostPort.parse(part.substring(equals + 1));
        if (raft.port() == 0 || raft.isWildcard()) {
            throw new IllegalArgumentException("must name addresses that others can reach; " + raft + " is none");
        }
        return new Peer(parseId(part.substring(0, equals)), raft);
    }
}
