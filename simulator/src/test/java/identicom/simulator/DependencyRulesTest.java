package identicom.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.simulator", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
    @ArchTest
    static final ArchRule ofOurModulesOnlyWireIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.schema..",
                    "identicom.runtime..",
                    "identicom.embedded..",
                    "identicom.receiver..",
                    "identicom.logservice..",
                    "identicom.alertservice..",
                    "identicom.fleetservice..",
                    "identicom.standalone..");

    @ArchTest
    static final ArchRule aUnitKnowsNoSocket = classes()
            .that()
            .resideInAPackage("identicom.simulator.unit")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "java.nio..",
                    "identicom.wire.codec",
                    "identicom.wire.message",
                    "identicom.wire.event",
                    "identicom.simulator.unit");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("identicom.simulator.(*)..").should().beFreeOfCycles();
}
