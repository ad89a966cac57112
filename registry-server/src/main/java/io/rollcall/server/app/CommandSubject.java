package io.rollcall.server.app;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.trace.OpenSpan;
import io.rollcall.server.trace.SpanKeys;
import io.rollcall.statemachine.codec.CommandCodec;
import io.rollcall.statemachine.command.Command;
import java.util.List;

/** What a command is about, for the spans that tell of it. */
public final class CommandSubject {

    private CommandSubject() {}

    /**
     * Tells a span what a command is about.
     *
     * @param span to be told
     * @param command any; of many instances their service, if it is one
     */
    public static void tell(OpenSpan span, Command command) {
        span.set(SpanKeys.COMMAND, CommandCodec.type(command));
        if (command instanceof Command.RegisterInstance one) {
            tell(span, one.registration());
        } else if (command instanceof Command.RegisterBatch many) {
            tellMany(span, many.registrations().stream().map(Registration::key).toList());
        } else if (command instanceof Command.DeregisterInstance one) {
            tell(span, one.key());
        } else if (command instanceof Command.DeregisterMany many) {
            tellMany(
                    span,
                    many.targets().stream()
                            .map(Command.DeregisterMany.Target::key)
                            .toList());
        } else if (command instanceof Command.SetOperatorWord one) {
            tell(span, one.key());
        } else if (command instanceof Command.PutConfig one) {
            tell(span, one.key());
        } else if (command instanceof Command.DeleteConfig one) {
            tell(span, one.key());
        } else if (command instanceof Command.RollbackConfig one) {
            tell(span, one.key());
        }
    }

    private static void tell(OpenSpan span, Registration registration) {
        tell(span, registration.key());
        span.set(SpanKeys.SERVICE_VERSION, registration.version())
                .set(SpanKeys.SERVICE_PROTOCOL, registration.protocol().wireName());
    }

    private static void tell(OpenSpan span, InstanceKey key) {
        tell(span, key.service());
        span.set(SpanKeys.INSTANCE_ID, key.id().value());
    }

    private static void tell(OpenSpan span, ServiceKey service) {
        span.set(SpanKeys.NAMESPACE, service.namespace().value())
                .set(SpanKeys.SERVICE_NAME, service.name().value());
    }

    private static void tell(OpenSpan span, ConfigKey key) {
        span.set(SpanKeys.NAMESPACE, key.namespace().value()).set(SpanKeys.CONFIG_KEY, key.path());
    }

    /** Many of several services have no name that is theirs. */
    private static void tellMany(OpenSpan span, List<InstanceKey> many) {
        span.set(SpanKeys.INSTANCES, many.size());
        ServiceKey first = many.get(0).service();
        if (many.stream().allMatch(key -> key.service().equals(first))) {
            tell(span, first);
        } else {
            span.set(SpanKeys.NAMESPACE, first.namespace().value());
        }
    }
}
