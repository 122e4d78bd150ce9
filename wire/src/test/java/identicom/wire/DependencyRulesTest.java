package identicom.wire;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;

@AnalyzeClasses(packages = "identicom.wire", importOptions = DoNotIncludeTests.class)
class DependencyRulesTest {
    private static final String[] NETTY = {"io.netty.buffer..", "io.netty.channel..", "io.netty.handler.codec.."};

    @ArchTest
    static final ArchRule wireUsesOnlyTheJdkAndNetty = in("..").should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.wire..", "java..", "org.jspecify..", "io.netty.util", NETTY[0], NETTY[1], NETTY[2]);

    @ArchTest
    static final ArchRule messagesFaultsAndCatalogueUseNothingButTheJdk = classes()
            .that()
            .resideInAnyPackage("identicom.wire.message", "identicom.wire.fault", "identicom.wire.event")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.wire.message",
                    "identicom.wire.fault",
                    "identicom.wire.event",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule framingKnowsNoMessage = in(".frame")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "identicom.wire.frame", "identicom.wire.fault", "java..", "org.jspecify..", NETTY[0], NETTY[1]);

    @ArchTest
    static final ArchRule nothingGoesToFilesOrSockets = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "io.netty.bootstrap..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("identicom.wire.(*)..").should().beFreeOfCycles();

    private static GivenClassesConjunction in(String part) {
        return classes().that().resideInAPackage("identicom.wire" + part);
    }
}
