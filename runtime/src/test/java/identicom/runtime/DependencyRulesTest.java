package identicom.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.runtime", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
    @ArchTest
    static final ArchRule USES_ONLY_SCHEMA_OF_OURS = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.runtime..",
                    "identicom.schema..",
                    "java..",
                    "javax.net.ssl..",
                    "javax.sql..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "ch.qos.logback..",
                    "net.logstash.logback..",
                    "org.apache.kafka..",
                    "com.google.protobuf..",
                    "com.zaxxer.hikari..",
                    "com.fasterxml.jackson..",
                    "io.helidon..",
                    "io.micrometer..",
                    "io.opentelemetry..",
                    "io.prometheus..",
                    "org.jose4j..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("identicom.runtime.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_HTTP_KNOWS_HELIDON = noClasses()
            .that()
            .resideOutsideOfPackage("identicom.runtime.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon..");

    @ArchTest
    static final ArchRule ONLY_TOKEN_KNOWS_JOSE = noClasses()
            .that()
            .resideOutsideOfPackage("identicom.runtime.token")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jose4j..");

    @ArchTest
    static final ArchRule ONLY_TRACING_KNOWS_OPENTELEMETRY = noClasses()
            .that()
            .resideOutsideOfPackage("identicom.runtime.tracing")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.opentelemetry..");

    @ArchTest
    static final ArchRule CONFIGURATION_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("identicom.runtime.config")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("identicom.schema..", "org.apache.kafka..", "io.helidon..", "io.micrometer..");
}
