package identicom.mediaservice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.mediaservice", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
    @ArchTest
    static final ArchRule USES_SCHEMA_AND_RUNTIME_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.mediaservice..",
                    "identicom.schema..",
                    "identicom.runtime..",
                    "java..",
                    "javax.sql..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "com.google.protobuf..",
                    "com.zaxxer.hikari..",
                    "com.fasterxml.jackson..",
                    "io.micrometer..",
                    "org.apache.kafka.clients.consumer..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("identicom.mediaservice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_STORE_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("identicom.mediaservice.store")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "identicom.mediaservice.index", "identicom.runtime..");

    @ArchTest
    static final ArchRule STORING_KNOWS_NO_HTTP = noClasses()
            .that()
            .resideOutsideOfPackages("identicom.mediaservice", "identicom.mediaservice.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("identicom.mediaservice.http", "identicom.runtime.http");
}
