package io.rollcall.client.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others can call and extend: each public type that others can name, with its public and protected members.
 *
 * @param types what belongs to each type, by its line
 */
record PublicApi(NavigableMap<String, NavigableSet<String>> types) {

    private static final String INDENT = "    ";
    private static final String CLASS_FILE = ".class";
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("boolean equals(java.lang.Object)", "int hashCode()", "java.lang.String toString()");

    /** Of all classes that lie where this one does. */
    static PublicApi beside(Class<?> one) {
        try {
            Path place = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                return of(classes(place, one.getClassLoader()));
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return of(classes(jar.getPath("/"), one.getClassLoader()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of these alone. */
    static PublicApi of(List<Class<?>> classes) {
        NavigableMap<String, NavigableSet<String>> types = new TreeMap<>();
        classes.stream()
                .filter(PublicApi::isReachable)
                .forEach(type -> types.put(line(type), new TreeSet<>(belongings(type))));
        return new PublicApi(types);
    }

    /** Reads what {@link #text} has written. */
    static PublicApi read(String text) {
        NavigableMap<String, NavigableSet<String>> types = new TreeMap<>();
        NavigableSet<String> current = new TreeSet<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(INDENT)) {
                current.add(line.strip());
            } else if (!line.isBlank()) {
                current = new TreeSet<>();
                types.put(line, current);
            }
        }
        return new PublicApi(types);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        types.forEach((type, members) -> {
            text.append(type).append('\n');
            members.forEach(member -> text.append(INDENT).append(member).append('\n'));
        });
        return text.toString();
    }

    private static List<Class<?>> classes(Path root, ClassLoader loader) throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(CLASS_FILE)).toList()) {
                String name = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (!name.startsWith("META-INF") && !name.endsWith("-info" + CLASS_FILE)) {
                    classes.add(Class.forName(name.substring(0, name.length() - CLASS_FILE.length()), false, loader));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return classes;
    }

    private static boolean isReachable(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
            return false;
        }
        Class<?> outer = type.getDeclaringClass();
        return isOpen(type.getModifiers()) && (outer == null || isReachable(outer));
    }

    /** What a caller could not do without: whatever of it changes, the line does. */
    private static String line(Class<?> type) {
        List<String> words = new ArrayList<>();
        int modifiers = type.getModifiers();
        words.add(Modifier.isPublic(modifiers) ? "public" : "protected");
        if (type.getDeclaringClass() != null && !Modifier.isStatic(modifiers)) {
            words.add("inner");
        }
        if (type.isSealed()) {
            words.add("sealed");
        }
        if (!type.isInterface() && !type.isRecord() && !type.isEnum()) {
            addIf(words, Modifier.isAbstract(modifiers), "abstract");
            addIf(words, Modifier.isFinal(modifiers), "final");
        }
        words.add(kind(type));
        words.add(type.getCanonicalName() + TypeText.of(type.getTypeParameters()));
        return String.join(" ", words);
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "@interface";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isRecord()) {
            return "record";
        }
        return type.isEnum() ? "enum" : "class";
    }

    private static List<String> belongings(Class<?> type) {
        List<String> lines = new ArrayList<>();
        AnnotatedType parent = type.getAnnotatedSuperclass();
        if (parent != null && !Set.of(Object.class, Record.class, Enum.class).contains(type.getSuperclass())) {
            lines.add("extends " + TypeText.of(parent));
        }
        Stream.of(type.getAnnotatedInterfaces()).forEach(each -> lines.add("implements " + TypeText.of(each)));
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses())
                    .filter(PublicApi::isReachable)
                    .forEach(each -> lines.add("permits " + each.getCanonicalName()));
        }
        // What a public type has from one that others cannot name is as much its own.
        for (Class<?> each = type; each != null && (each == type || !isReachable(each)); each = each.getSuperclass()) {
            members(each, each == type).forEach(lines::add);
        }
        return lines;
    }

    private static Stream<String> members(Class<?> type, boolean withConstructors) {
        Stream<String> fields = Stream.of(type.getDeclaredFields())
                .filter(field -> isOpen(field.getModifiers()))
                .map(field -> field(field, type));
        Stream<String> methods = Stream.of(type.getDeclaredMethods())
                .filter(method -> isOpen(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !OF_EVERY_OBJECT.contains(plain(method)))
                .map(method -> method(method));
        Stream<String> constructors = withConstructors
                ? Stream.of(type.getDeclaredConstructors())
                        .filter(each -> isOpen(each.getModifiers()) && !each.isSynthetic())
                        .map(PublicApi::constructor)
                : Stream.empty();
        return Stream.of(fields, methods, constructors).flatMap(each -> each);
    }

    private static String field(Field field, Class<?> owner) {
        if (field.isEnumConstant()) {
            return "constant " + field.getName();
        }
        return modifiers(field, owner) + TypeText.of(field.getAnnotatedType()) + " " + field.getName();
    }

    private static String method(Method method) {
        String parameters = TypeText.of(method.getTypeParameters());
        return modifiers(method, method.getDeclaringClass())
                + (parameters.isEmpty() ? "" : parameters + " ")
                + TypeText.of(method.getAnnotatedReturnType()) + " " + method.getName() + signature(method);
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor, constructor.getDeclaringClass()) + "new" + signature(constructor);
    }

    private static String signature(Executable executable) {
        List<String> parameters =
                new ArrayList<>(parameters(executable).map(TypeText::of).toList());
        if (executable.isVarArgs()) {
            int last = parameters.size() - 1;
            parameters.set(last, parameters.get(last).replaceAll("\\[]$", "..."));
        }
        // Those alone that the compiler makes a caller catch.
        String exceptions = Stream.of(executable.getExceptionTypes())
                .filter(type -> !RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type))
                .map(Class::getCanonicalName)
                .sorted()
                .collect(Collectors.joining(", "));
        return "(" + String.join(", ", parameters) + ")" + (exceptions.isEmpty() ? "" : " throws " + exceptions);
    }

    private static Stream<AnnotatedType> parameters(Executable executable) {
        RecordComponent[] components = executable.getDeclaringClass().getRecordComponents();
        // Java 17 does not know the type arguments of those of a compact constructor.
        return executable instanceof Constructor
                        && components != null
                        && Stream.of(components)
                                .map(RecordComponent::getType)
                                .toList()
                                .equals(List.of(executable.getParameterTypes()))
                ? Stream.of(components).map(RecordComponent::getAnnotatedType)
                : Stream.of(executable.getAnnotatedParameterTypes());
    }

    private static String modifiers(Member member, Class<?> owner) {
        List<String> words = new ArrayList<>();
        int modifiers = member.getModifiers();
        words.add(Modifier.isPublic(modifiers) ? "public" : "protected");
        addIf(words, Modifier.isStatic(modifiers), "static");
        addIf(words, Modifier.isAbstract(modifiers), Compatibility.ABSTRACT);
        boolean isOpenToExtension = !Modifier.isFinal(owner.getModifiers());
        addIf(words, Modifier.isFinal(modifiers) && (isOpenToExtension || member instanceof Field), "final");
        return String.join(" ", words) + " ";
    }

    private static String plain(Method method) {
        return method.getReturnType().getCanonicalName() + " " + method.getName() + signature(method);
    }

    private static void addIf(List<String> words, boolean condition, String word) {
        if (condition) {
            words.add(word);
        }
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
