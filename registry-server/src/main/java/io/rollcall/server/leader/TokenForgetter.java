package io.rollcall.server.leader;

import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.app.access.AccessAdmin;
import io.rollcall.server.view.AclSnapshot;
import io.rollcall.server.view.AclView;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.CommandHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Has tokens forgotten that expired a while ago, by commands, so that all members forget the same. An expired token is
 * refused all the same; it stays for a day so that whoever wonders finds it. The bootstrap token stays for ever, as an empty
 * shell if need be: without it, a leader would make another one.
 */
final class TokenForgetter {

    /** From one look to the next. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** How long one is kept that expired. */
    static final Duration KEPT = Duration.ofDays(1);

    /** Tokens that one command forgets; more follow at the next look. */
    static final int TOKENS_MAX = 1_000;

    private final LeaderLog log;
    private final AclView view;
    private final LongSupplier monotonicNanos;
    private final InstantSource wallClock;

    // The term whose command is under way, 0 for none: one that was lost with it must not hold up the next.
    private volatile long termUnderWay;
    private long lookedAtNanos;

    TokenForgetter(LeaderLog log, AclView view, LongSupplier monotonicNanos, InstantSource wallClock) {
        this.log = log;
        this.view = view;
        this.monotonicNanos = monotonicNanos;
        this.wallClock = wallClock;
        this.lookedAtNanos = monotonicNanos.getAsLong();
    }

    /** To be called often while this member leads, by one thread. */
    void sweep(long term) {
        long now = monotonicNanos.getAsLong();
        if (termUnderWay == term || now - lookedAtNanos < INTERVAL.toNanos()) {
            return;
        }
        lookedAtNanos = now;
        Instant before = wallClock.instant().minus(KEPT);
        List<String> due = view.current().tokens().values().stream()
                .map(AclSnapshot.Entry::token)
                .filter(token -> token.expiresAt() != null && token.expiresAt().isBefore(before))
                .map(token -> token.id())
                .filter(id -> !id.equals(AccessAdmin.BOOTSTRAP_ID))
                .sorted()
                .limit(TOKENS_MAX)
                .toList();
        if (due.isEmpty()) {
            return;
        }
        termUnderWay = term;
        CommandHeader header = CommandHeader.of(UUID.randomUUID().toString());
        // What is lost is tried again at the next look.
        var unused = log.append(new AclCommand.ForgetTokens(header, term, due, before.toEpochMilli()))
                .whenComplete((forgotten, lost) -> {
                    if (termUnderWay == term) {
                        termUnderWay = 0;
                    }
                });
    }
}
