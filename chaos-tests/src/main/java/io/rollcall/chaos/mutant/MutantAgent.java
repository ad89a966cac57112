package io.rollcall.chaos.mutant;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.utility.JavaModule;
import org.jspecify.annotations.Nullable;

/**
 * Breaks the node that it is loaded into, by {@code -javaagent:JAR=NAME}. A node that cannot be broken as told ends at once:
 * a mutant that is none would pass all checks.
 */
public final class MutantAgent {

    /** Exit status of a node that could not be broken as told; 78 is {@code EX_CONFIG} of sysexits. */
    public static final int EXIT_STATUS = 78;

    private MutantAgent() {}

    /**
     * Called by the JVM before the server's main method.
     *
     * @param label the mutant's name; null if none was given
     * @param instrumentation of this JVM
     */
    public static void premain(@Nullable String label, Instrumentation instrumentation) {
        try {
            Mutant mutant = Mutant.named(label == null ? "" : label);
            // At once, since a class that is gone would never be loaded, and so never be missed.
            mutant.target().requireIn(ClassLoader.getSystemClassLoader());
            install(mutant, instrumentation);
        } catch (RuntimeException | LinkageError e) {
            halt(e);
        }
    }

    private static void install(Mutant mutant, Instrumentation instrumentation) {
        Target target = mutant.target();
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(new HaltOnError())
                .type(ElementMatchers.named(target.type()))
                .transform((builder, type, loader, module, domain) -> {
                    target.requireIn(type);
                    return builder.visit(Advice.to(mutant.advice()).on(target::matches));
                })
                .installOn(instrumentation);
    }

    private static void halt(Throwable why) {
        try {
            System.err.println("this node cannot be broken as told: " + why.getMessage());
            System.err.flush();
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }

    /** The JVM itself would go on with the class as it was. */
    private static final class HaltOnError extends AgentBuilder.Listener.Adapter {

        @Override
        public void onError(
                String typeName,
                @Nullable ClassLoader loader,
                @Nullable JavaModule module,
                boolean loaded,
                Throwable error) {
            halt(error);
        }
    }
}
