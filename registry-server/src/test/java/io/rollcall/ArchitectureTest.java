package io.rollcall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** The directions of dependency: the drawing {@code docs/packages.puml}, and the rules that a drawing cannot say. */
@AnalyzeClasses(packages = "io.rollcall", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    /** What runs identically on every replica, and the values it works on. */
    private static final String[] DETERMINISTIC = {
        "io.rollcall.api.model..",
        "io.rollcall.statemachine.command..",
        "io.rollcall.statemachine.state..",
        "io.rollcall.statemachine.apply..",
        "io.rollcall.statemachine.change.."
    };

    @ArchTest
    static final ArchRule packagesFollowTheDrawing = classes()
            .should(adhereToPlantUmlDiagram(
                    SourceTree.drawing(), consideringOnlyDependenciesInAnyPackage("io.rollcall..")))
            .because("docs/packages.puml is the one drawing of the directions of dependency");

    @ArchTest
    static final ArchRule modelKnowsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("io.rollcall.api.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.rollcall.api.model..", "java..", "org.jspecify..")
            .because("wire, log and store share the vocabulary and nothing of each other's formats")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ratisOnlyBehindTwoPackages =
            only("org.apache.ratis..", "io.rollcall.statemachine.ratis..", "io.rollcall.server.raft..");

    @ArchTest
    static final ArchRule rocksOnlyBehindTheStore =
            only("org.rocksdb..", "io.rollcall.statemachine.store..", "io.rollcall.statemachine.snapshot..");

    @ArchTest
    static final ArchRule rocksNeverCallsJava = noClasses()
            .should()
            .beAssignableTo("org.rocksdb.RocksCallbackObject")
            .because("the end of the process waits for RocksDB's threads, and one that enters Java waits for the end");

    @ArchTest
    static final ArchRule javalinOnlyInTheHttpFacades =
            only("io.javalin..", "io.rollcall.server.http..", "io.rollcall.server.consul..");

    @ArchTest
    static final ArchRule jettyOnlyInTheHttpFacadesAndTheChecks = only(
            "org.eclipse.jetty..",
            "io.rollcall.server.http..",
            "io.rollcall.server.consul..",
            "io.rollcall.server.probe..");

    @ArchTest
    static final ArchRule servletsOnlyInTheHttpFacades =
            only("jakarta.servlet..", "io.rollcall.server.http..", "io.rollcall.server.consul..");

    @ArchTest
    static final ArchRule telemetryOnlyAtTheEdge =
            only("io.opentelemetry..", "io.rollcall.server.telemetry..", "io.rollcall.server", "io.rollcall.client");

    @ArchTest
    static final ArchRule prometheusOnlyInTelemetry = only("io.prometheus..", "io.rollcall.server.telemetry..");

    @ArchTest
    static final ArchRule replicasUseNothingThatDiffersBetweenThem = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC)
            .should()
            .callCodeUnitWhere(differsBetweenReplicas())
            .because("every replica must compute the same state from the same entry; time and identity are data")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule replicasHoldNothingUnorderedOrRandom = noClasses()
            .that()
            .resideInAnyPackage(DETERMINISTIC)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(HashMap|HashSet|Hashtable|IdentityHashMap|WeakHashMap|Random"
                    + "|SplittableRandom|TimeZone|concurrent\\.ConcurrentHashMap|concurrent\\.ThreadLocalRandom)"
                    + "|java\\.util\\.random\\..*|java\\.security\\.SecureRandom|java\\.time\\.Clock"
                    + "|java\\.io\\.File.*|java\\.nio\\.(file|channels)\\..*|java\\.net\\.(InetAddress|.*Socket.*)")
            .because("the order of iteration, a draw or a look at the machine would tell replicas apart")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule stateMachineTakesNoConfiguration = noClasses()
            .that()
            .resideInAPackage("io.rollcall.statemachine..")
            .and()
            // A member that dies differs from the others in nothing else.
            .resideOutsideOfPackage("io.rollcall.statemachine.fault..")
            .should()
            .callCodeUnitWhere(readsTheEnvironment())
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config..")
            .because("a setting that differs between members would tell replicas apart")
            .allowEmptyShould(true);

    private static ArchRule only(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(library + " belongs to " + String.join(" and ", packages) + " alone")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaCall<?>> readsTheEnvironment() {
        return calls(Map.of(
                "java.lang.System", Set.of("getenv", "getProperty", "getProperties"),
                "java.lang.Boolean", Set.of("getBoolean"),
                "java.lang.Integer", Set.of("getInteger"),
                "java.lang.Long", Set.of("getLong")));
    }

    private static DescribedPredicate<JavaCall<?>> differsBetweenReplicas() {
        return calls(Map.of(
                        "java.util.UUID", Set.of("randomUUID"),
                        "java.util.Locale", Set.of("getDefault"),
                        "java.time.ZoneId", Set.of("systemDefault"),
                        "java.lang.Math", Set.of("random")))
                .or(describe("the clock, the environment or an identity", call -> isSystemBeyondArraycopy(call)))
                .or(describe("the current time", call -> isNow(call)))
                .or(describe("a salted map or set", call -> isSalted(call)))
                .or(describe("a collector into an unordered map or set", call -> isUnorderedCollector(call)))
                .or(describe("the default locale", call -> isDefaultLocale(call)))
                .or(readsTheEnvironment());
    }

    private static DescribedPredicate<JavaCall<?>> calls(Map<String, Set<String>> methodsByOwner) {
        return describe(
                "one of " + methodsByOwner,
                call -> methodsByOwner
                        .getOrDefault(call.getTargetOwner().getName(), Set.of())
                        .contains(call.getName()));
    }

    private static boolean isSystemBeyondArraycopy(JavaCall<?> call) {
        return call.getTargetOwner().isEquivalentTo(System.class)
                && !call.getName().equals("arraycopy");
    }

    private static boolean isNow(JavaCall<?> call) {
        return call.getTargetOwner().getPackageName().equals("java.time")
                && call.getName().equals("now");
    }

    /** Map.of, Set.of and their like with two elements or more: their order is salted anew in every JVM. */
    private static boolean isSalted(JavaCall<?> call) {
        var isMap = call.getTargetOwner().isEquivalentTo(Map.class);
        if (!isMap && !call.getTargetOwner().isEquivalentTo(Set.class)) {
            return false;
        }
        var parameters = target(call).getRawParameterTypes();
        return switch (call.getName()) {
            case "copyOf", "ofEntries" -> true;
            case "of" ->
                parameters.size() > (isMap ? 2 : 1) || parameters.stream().anyMatch(JavaClass::isArray);
            default -> false;
        };
    }

    private static boolean isUnorderedCollector(JavaCall<?> call) {
        if (!call.getTargetOwner().isEquivalentTo(java.util.stream.Collectors.class)) {
            return false;
        }
        var arguments = target(call).getRawParameterTypes().size();
        return switch (call.getName()) {
            case "toSet", "toUnmodifiableSet", "toUnmodifiableMap" -> true;
            case "toMap" -> arguments < 4;
            case "groupingBy" -> arguments < 3;
            case "groupingByConcurrent", "toConcurrentMap" -> true;
            default -> false;
        };
    }

    private static boolean isDefaultLocale(JavaCall<?> call) {
        if (!call.getTargetOwner().isEquivalentTo(String.class)) {
            return false;
        }
        var parameters = target(call).getRawParameterTypes();
        return switch (call.getName()) {
            case "toLowerCase", "toUpperCase" -> parameters.isEmpty();
            case "format" -> parameters.get(0).isEquivalentTo(String.class);
            case "formatted" -> true;
            default -> false;
        };
    }

    private static CodeUnitCallTarget target(JavaCall<?> call) {
        return call.getTarget();
    }
}
