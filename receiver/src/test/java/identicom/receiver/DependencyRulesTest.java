package identicom.receiver;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "identicom.receiver", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {
    @ArchTest
    static final ArchRule ofOurModulesOnlyWireSchemaAndRuntime = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("identicom..")
                    .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(
                            "identicom.receiver..", "identicom.wire..", "identicom.schema..", "identicom.runtime.."))));

    @ArchTest
    static final ArchRule theSessionIsPure = classes()
            .that()
            .resideInAPackage("identicom.receiver.session..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "identicom.receiver.session..",
                    "identicom.wire.message..",
                    "identicom.wire.fault..",
                    "java.lang..",
                    "java.util..",
                    "org.jspecify.annotations.."));

    @ArchTest
    static final ArchRule onlyTheServerKnowsNetty = noClasses()
            .that()
            .resideOutsideOfPackage("identicom.receiver.server..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.netty.."));

    @ArchTest
    static final ArchRule theServerDoesNotKnowKafka = noClasses()
            .that()
            .resideInAPackage("identicom.receiver.server..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.kafka.."));

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("identicom.receiver.(*)..").should().beFreeOfCycles();
}
