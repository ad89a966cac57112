package io.rollcall.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The directions of dependency in the library and the command line: the drawing, and what it cannot say. */
@AnalyzeClasses(
        packages = "io.rollcall",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
final class ArchitectureTest {

    private static final Path DRAWING = Path.of("docs", "packages.puml");

    /** The fakes of the library's tests come as a jar. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule packagesFollowTheDrawing = classes()
            .should(adhereToPlantUmlDiagram(drawing(), consideringOnlyDependenciesInAnyPackage("io.rollcall..")))
            .because("docs/packages.puml is the one drawing of the directions of dependency");

    @ArchTest
    static final ArchRule theCoreOfTheClientMakesItsPartsInOnePlace = noClasses()
            .that()
            .resideInAPackage("io.rollcall.client")
            .and()
            .doNotHaveFullyQualifiedName("io.rollcall.client.RegistryClient")
            .and()
            .doNotHaveFullyQualifiedName("io.rollcall.client.RegistryClientBuilder")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.rollcall.client.provide..", "io.rollcall.client.directory..", "io.rollcall.client.balance..")
            .because("what is built on the core is made by methods of RegistryClient and unknown to the rest of it")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingUsesTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("io.rollcall.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.rollcall.cli..")
            .because("whoever embeds the library does not get the command line");

    @ArchTest
    static final ArchRule theDemoKnowsNoCommand = noClasses()
            .that()
            .resideInAPackage("io.rollcall.cli.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.rollcall.cli")
            .because("a command starts it, and not the other way round");

    @ArchTest
    static final ArchRule theLibraryIsLight = noClasses()
            .that()
            .resideInAnyPackage("io.rollcall.api..", "io.rollcall.client..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "io.rollcall..",
                    "java..",
                    "javax.net..",
                    "com.fasterxml.jackson..",
                    "io.opentelemetry.api..",
                    "io.opentelemetry.common..",
                    "io.opentelemetry.context..",
                    "org.jspecify..",
                    "org.slf4j..")
            .because("each library that it brings is one that its user must get along with");

    @ArchTest
    static final ArchRule theLibraryPrintsNothing = noClasses()
            .that()
            .resideInAnyPackage("io.rollcall.api..", "io.rollcall.client..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .because("standard output and the process belong to whoever embeds it");

    /** In the root of the project: the working directory of a test is that or a module of it. */
    private static Path drawing() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.of(here, here.getParent())
                .map(folder -> folder.resolve(DRAWING))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + DRAWING + " in " + here + " or above it"));
    }
}
