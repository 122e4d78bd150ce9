package identicom.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.systemtests")
class DependencyRulesTest {
    @ArchTest
    static final ArchRule theSystemIsSeenFromOutsideOnly = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "identicom.systemtests.backing..",
                    "identicom.systemtests.measure..",
                    "identicom.systemtests.media..",
                    "identicom.systemtests.telling..")
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
                    "identicom.mediaservice..",
                    "identicom.standalone..");

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("identicom.systemtests.(*)..").should().beFreeOfCycles();
}
