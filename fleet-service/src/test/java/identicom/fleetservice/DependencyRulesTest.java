package identicom.fleetservice;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** What may use what, within this module and beyond it. */
@AnalyzeClasses(packages = "identicom.fleetservice", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

    @ArchTest
    static final ArchRule OF_OURS_ONLY_SCHEMA_AND_RUNTIME = ArchRuleDefinition.noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.wire..",
                    "identicom.receiver..",
                    "identicom.logservice..",
                    "identicom.alertservice..",
                    "identicom.simulator..",
                    "identicom.standalone..",
                    "identicom.embedded..",
                    "identicom.testing..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("identicom.fleetservice.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule STORAGE_IS_BELOW_ALL = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("storage")
            .definedBy("identicom.fleetservice.storage")
            .layer("audit")
            .definedBy("identicom.fleetservice.audit")
            .layer("tokens")
            .definedBy("identicom.fleetservice.tokens")
            .layer("presence")
            .definedBy("identicom.fleetservice.presence")
            .layer("overview")
            .definedBy("identicom.fleetservice.overview")
            .layer("units")
            .definedBy("identicom.fleetservice.units")
            .layer("csv")
            .definedBy("identicom.fleetservice.units.csv")
            .layer("commands")
            .definedBy("identicom.fleetservice.commands")
            .layer("users")
            .definedBy("identicom.fleetservice.users")
            .whereLayer("storage")
            .mayNotAccessAnyLayer()
            .whereLayer("audit")
            .mayOnlyAccessLayers("storage")
            .whereLayer("tokens")
            .mayOnlyAccessLayers("storage")
            .whereLayer("presence")
            .mayOnlyAccessLayers("storage")
            .whereLayer("overview")
            .mayOnlyAccessLayers("storage")
            .whereLayer("units")
            .mayOnlyAccessLayers("storage", "audit")
            .whereLayer("csv")
            .mayOnlyAccessLayers("units", "storage", "audit")
            .whereLayer("commands")
            .mayOnlyAccessLayers("units", "storage", "audit")
            .whereLayer("users")
            .mayOnlyAccessLayers("tokens", "storage", "audit");
}
