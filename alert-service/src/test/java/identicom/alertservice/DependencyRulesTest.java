package identicom.alertservice;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** What may use what, within this module and beyond it. */
@AnalyzeClasses(packages = "identicom.alertservice", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

    @ArchTest
    static final ArchRule OF_OURS_ONLY_SCHEMA_AND_RUNTIME = ArchRuleDefinition.noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.wire..",
                    "identicom.receiver..",
                    "identicom.logservice..",
                    "identicom.fleetservice..",
                    "identicom.simulator..",
                    "identicom.standalone..",
                    "identicom.embedded..",
                    "identicom.testing..");

    @ArchTest
    static final ArchRule RULES_ARE_PURE = ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage("identicom.alertservice.alert", "identicom.alertservice.event")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.apache.kafka..", "identicom.runtime..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("identicom.alertservice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ALERTS_KNOW_NOTHING_OF_WHO_IS_TOLD = ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage(
                    "identicom.alertservice.event",
                    "identicom.alertservice.alert",
                    "identicom.alertservice.view",
                    "identicom.alertservice.store",
                    "identicom.alertservice.stream",
                    "identicom.alertservice.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("identicom.alertservice.notify..", "identicom.alertservice.escalation..");

    @ArchTest
    static final ArchRule FROM_EVENT_TO_SCREEN = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("event")
            .definedBy("identicom.alertservice.event")
            .layer("alert")
            .definedBy("identicom.alertservice.alert")
            .layer("view")
            .definedBy("identicom.alertservice.view")
            .layer("store")
            .definedBy("identicom.alertservice.store")
            .layer("stream")
            .definedBy("identicom.alertservice.stream")
            .layer("http")
            .definedBy("identicom.alertservice.http")
            .layer("service")
            .definedBy("identicom.alertservice")
            .whereLayer("alert")
            .mayOnlyAccessLayers("event")
            .whereLayer("view")
            .mayOnlyAccessLayers("alert", "event")
            .whereLayer("store")
            .mayOnlyAccessLayers("view", "alert", "event")
            .whereLayer("stream")
            .mayOnlyAccessLayers("store", "view", "alert", "event")
            .whereLayer("http")
            .mayOnlyAccessLayers("stream", "store", "view", "alert", "event");
}
