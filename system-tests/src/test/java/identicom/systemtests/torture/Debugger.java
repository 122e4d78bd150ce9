package identicom.systemtests.torture;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import identicom.systemtests.torture.Point.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waits until a process, started with the JDK's debugger interface, stands at a named point. One thread. */
final class Debugger implements AutoCloseable {
    private static final String ATTACH = "com.sun.jdi.SocketAttach";
    private static final byte RETURN = (byte) 0xb1;
    private static final int LOOK_MS = 100;

    private final VirtualMachine vm;

    private Debugger(VirtualMachine vm) {
        this.vm = vm;
    }

    /** @param port of this machine at which the process listens for a debugger */
    static Debugger attach(int port) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.name().equals(ATTACH))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + ATTACH + " in this JDK"));
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        arguments.get("timeout").setValue("5000");
        try {
            return new Debugger(connector.attach(arguments));
        } catch (IllegalConnectorArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Whether a thread came to the point for the {@code hit}th time within {@code limit}; then the whole process stands still.
     *
     * @throws IllegalArgumentException a class that is there has no such method, or the method can end in more than one way
     * @throws IOException the process is gone
     */
    boolean await(Point point, int hit, Duration limit) throws IOException, InterruptedException {
        try {
            List<Step> steps = point.steps();
            long until = System.nanoTime() + limit.toNanos();
            for (int hits = 0; hits < hit; ) {
                ThreadReference thread = reach(steps.getFirst(), null, until);
                for (Step step : steps.subList(1, steps.size())) {
                    thread = thread == null ? null : reach(step, thread, until);
                }
                if (thread == null) {
                    return false;
                }
                hits++;
            }
            return true;
        } catch (VMDisconnectedException gone) {
            throw new IOException("the process is gone", gone);
        }
    }

    /** Lets the process run until a thread, or this one, is there; null when time is over. */
    private @Nullable ThreadReference reach(Step step, @Nullable ThreadReference only, long untilNanos)
            throws InterruptedException {
        vm.eventRequestManager().deleteAllBreakpoints();
        ClassPrepareRequest prepared = vm.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(step.type());
        prepared.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        prepared.enable();
        vm.classesByName(step.type()).forEach(type -> stopAt(type, step, only));
        vm.resume();
        try {
            while (System.nanoTime() < untilNanos) {
                EventSet events = vm.eventQueue().remove(LOOK_MS);
                if (events != null) {
                    ThreadReference there = there(events, step, only);
                    if (there != null) {
                        return there;
                    }
                    events.resume();
                }
            }
            return null;
        } finally {
            vm.eventRequestManager().deleteEventRequest(prepared);
        }
    }

    private @Nullable ThreadReference there(EventSet events, Step step, @Nullable ThreadReference only) {
        ThreadReference there = null;
        for (Event event : events) {
            switch (event) {
                case BreakpointEvent hit -> there = hit.thread();
                case ClassPrepareEvent loaded -> stopAt(loaded.referenceType(), step, only);
                case VMDisconnectEvent gone -> throw new VMDisconnectedException();
                default -> {}
            }
        }
        return there;
    }

    private void stopAt(ReferenceType type, Step step, @Nullable ThreadReference only) {
        List<Method> methods = type.methodsByName(step.method()).stream()
                .filter(method -> !method.isAbstract() && !method.isBridge())
                .toList();
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("point: " + type.name() + " has no method " + step.method());
        }
        for (Method method : methods) {
            BreakpointRequest stop =
                    vm.eventRequestManager().createBreakpointRequest(step.after() ? end(method) : method.location());
            if (only != null) {
                stop.addThreadFilter(only);
            }
            stop.setSuspendPolicy(EventRequest.SUSPEND_ALL);
            stop.enable();
        }
    }

    private static Location end(Method method) {
        try {
            byte[] code = method.bytecodes();
            return method.allLineLocations().stream()
                    .filter(line -> code[(int) line.codeIndex()] == RETURN)
                    .max(Comparator.comparingLong(Location::codeIndex))
                    .orElseThrow(() -> new IllegalArgumentException("point: " + method + " has no end of its own"));
        } catch (AbsentInformationException e) {
            throw new IllegalArgumentException("point: " + method + " was compiled without its lines", e);
        }
    }

    /** The process goes on, if it still runs, and knows of no point any more. */
    @Override
    public void close() {
        try {
            vm.dispose();
        } catch (VMDisconnectedException gone) {
            // it was killed at the point
        }
    }
}
