package identicom.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.standalone", importOptions = DoNotIncludeTests.class)
class DependencyRulesTest {
    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("identicom.standalone.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NEEDS_NO_TESTING_PARTS =
            noClasses().should().dependOnClassesThat().resideInAPackage("identicom.testing..");

    @ArchTest
    static final ArchRule THE_DOCTOR_KNOWS_NEITHER_COMMANDS_NOR_THE_WHOLE_SYSTEM = noClasses()
            .that()
            .resideInAPackage("identicom.standalone.doctor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("identicom.standalone.command..", "identicom.standalone.system..");

    @ArchTest
    static final ArchRule PROCESSES_KNOW_NEITHER_COMMANDS_NOR_THE_WHOLE_SYSTEM = noClasses()
            .that()
            .resideInAPackage("identicom.standalone.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("identicom.standalone.command..", "identicom.standalone.system..");
}
