package io.rollcall.statemachine.codec;

import io.rollcall.api.model.Member;

/** A member of the cluster, version 1; part of log and store. */
record MemberV1(String id, String http, int featureLevel) {

    static MemberV1 of(Member member) {
        return new MemberV1(member.id(), member.http(), member.featureLevel());
    }

    Member thaw() {
        return new Member(id, http, featureLevel);
    }
}
