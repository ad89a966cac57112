package io.rollcall.client.signature;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types as a caller writes them, with what may be null: each JDK prints its own types in its own way. */
final class TypeText {

    private static final String OBJECT = Object.class.getName();

    private TypeText() {}

    /** Such as {@code @Nullable java.util.List<? extends T>}. */
    static String of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array) {
            String nullable = isNullable(array) ? " @Nullable " : "";
            return of(array.getAnnotatedGenericComponentType()) + nullable + "[]";
        }
        return (isNullable(type) ? "@Nullable " : "") + plain(type);
    }

    /** Such as {@code <T extends java.lang.Comparable<T>, E>}; empty if there are none. */
    static String of(TypeVariable<?>[] parameters) {
        if (parameters.length == 0) {
            return "";
        }
        return Stream.of(parameters).map(TypeText::parameter).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String parameter(TypeVariable<?> parameter) {
        String bounds = bounds(parameter.getAnnotatedBounds());
        return parameter.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String plain(AnnotatedType type) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            ParameterizedType generic = (ParameterizedType) parameterized.getType();
            return name(generic.getRawType())
                    + Stream.of(parameterized.getAnnotatedActualTypeArguments())
                            .map(TypeText::of)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type instanceof AnnotatedWildcardType wildcard) {
            if (wildcard.getAnnotatedLowerBounds().length > 0) {
                return "? super " + bounds(wildcard.getAnnotatedLowerBounds());
            }
            String bounds = bounds(wildcard.getAnnotatedUpperBounds());
            return bounds.isEmpty() ? "?" : "? extends " + bounds;
        }
        return name(type.getType());
    }

    private static String bounds(AnnotatedType... bounds) {
        String text = Arrays.stream(bounds).map(TypeText::of).collect(Collectors.joining(" & "));
        return text.equals(OBJECT) ? "" : text;
    }

    private static String name(Type type) {
        if (type instanceof Class<?> known) {
            return known.getCanonicalName();
        }
        return type.getTypeName();
    }

    private static boolean isNullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
