package identicom.systemtests;

import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.RunningSystem;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives one system, with an administrator at its desk, to all tests that leave it as it is; it is started by the first and
 * ended after the last. Each test uses serial numbers of its own.
 */
final class SharedSystem implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(SharedSystem.class);

    /** The system and a desk at it. */
    record Shared(RunningSystem system, Desk desk) implements AutoCloseable {
        static Shared start() {
            try {
                RunningSystem system = RunningSystem.start(RunningSystem.PATIENT);
                return new Shared(system, Desk.administrator(system));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public void close() throws IOException {
            system.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningSystem.class || type == Desk.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared =
                context.getRoot().getStore(SPACE).computeIfAbsent("system", key -> Shared.start(), Shared.class);
        return parameter.getParameter().getType() == Desk.class ? shared.desk() : shared.system();
    }
}
