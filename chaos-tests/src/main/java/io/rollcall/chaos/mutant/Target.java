package io.rollcall.chaos.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;

/**
 * The one method that a mutant rewrites. Named by text, since the server's classes are not seen here; so whoever renames one
 * must be told.
 *
 * @param type name of its class, as {@link Class#getName} has it
 * @param signature name and types of the parameters, such as {@code holds(long)}
 */
record Target(String type, String signature) {

    /**
     * Requires that it is there, without loading its class.
     *
     * @param loader that will load it
     * @throws MutationException if class or method are not there exactly once
     */
    void requireIn(ClassLoader loader) {
        List<URL> files = classFiles(loader);
        if (files.size() != 1) {
            throw new MutationException("class " + type + " must be there once, is there " + files.size() + " times: "
                    + files + "; give the mutant its new name");
        }
        requireIn(TypePool.Default.of(ClassFileLocator.ForClassLoader.of(loader))
                .describe(type)
                .resolve());
    }

    private List<URL> classFiles(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(type.replace('.', '/') + ".class"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for class " + type, e);
        }
    }

    /**
     * Requires that a class has it.
     *
     * @param found the class
     * @throws MutationException if it has not exactly one such method
     */
    void requireIn(TypeDescription found) {
        int count = found.getDeclaredMethods().filter(this::matches).size();
        if (count != 1) {
            throw new MutationException("class " + type + " must have one method " + signature + ", has " + count
                    + " among "
                    + found.getDeclaredMethods().stream()
                            .map(Target::signature)
                            .sorted()
                            .toList()
                    + "; give the mutant its new name");
        }
    }

    /** Tells whether a method of its class is the one. */
    boolean matches(MethodDescription method) {
        return signature(method).equals(signature) && !method.isAbstract() && !method.isBridge();
    }

    private static String signature(MethodDescription method) {
        return method.getInternalName()
                + method.getParameters().asTypeList().asErasures().stream()
                        .map(TypeDescription::getActualName)
                        .collect(Collectors.joining(",", "(", ")"));
    }
}
