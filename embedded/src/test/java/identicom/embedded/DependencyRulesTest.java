package identicom.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.embedded", importOptions = DoNotIncludeTests.class)
class DependencyRulesTest {
    @ArchTest
    static final ArchRule USES_NO_MODULE_OF_OURS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.wire..",
                    "identicom.schema..",
                    "identicom.runtime..",
                    "identicom.receiver..",
                    "identicom.logservice..",
                    "identicom.alertservice..",
                    "identicom.fleetservice..",
                    "identicom.simulator..",
                    "identicom.standalone..",
                    "identicom.testing..");
}
