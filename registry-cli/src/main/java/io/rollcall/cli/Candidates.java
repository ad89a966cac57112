package io.rollcall.cli;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.client.Consistency;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a shell offers as the value of an option, and help lists. */
abstract class Candidates implements Iterable<String> {

    private final List<String> values;

    private Candidates(Stream<String> values) {
        this.values = values.toList();
    }

    @Override
    public Iterator<String> iterator() {
        return values.iterator();
    }

    private static <E extends Enum<E>> Stream<String> all(Class<E> type, Function<E, String> name) {
        return Stream.of(type.getEnumConstants()).map(name);
    }

    /** Of an instance, for a selection. */
    static final class Statuses extends Candidates {
        static final String ANY = "any";

        Statuses() {
            super(Stream.concat(all(InstanceStatus.class, InstanceStatus::wireName), Stream.of(ANY)));
        }
    }

    /** Of an instance. */
    static final class Protocols extends Candidates {
        Protocols() {
            super(all(Protocol.class, Protocol::wireName));
        }
    }

    /** Of a health check. */
    static final class CheckTypes extends Candidates {
        CheckTypes() {
            super(all(CheckType.class, CheckType::wireName));
        }
    }

    /** Of a read. */
    static final class Consistencies extends Candidates {
        Consistencies() {
            super(all(Consistency.class, Consistency::wireName));
        }
    }
}
