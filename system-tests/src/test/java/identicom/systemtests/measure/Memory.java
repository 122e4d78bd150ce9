package identicom.systemtests.measure;

import identicom.systemtests.backing.Backing.Running;
import identicom.systemtests.harness.Desk;
import identicom.systemtests.harness.Served;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process of Java holds.
 *
 * @param heapBytes that are in use, right after a collection
 * @param residentBytes of the process
 */
record Memory(double heapBytes, double residentBytes) {

    static Memory of(Running running) throws IOException, InterruptedException {
        return of(running.program().pid(), running.site());
    }

    /** @param site where it tells its meters */
    static Memory of(long pid, Served site) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process collection = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (collection.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " GC.run: " + collection.exitValue());
        }
        double heap = Desk.stranger(site).meter("jvm_memory_used_bytes", "area=\"heap\"");
        return new Memory(heap, Kernel.residentBytes(List.of(pid)));
    }

    Memory less(Memory before) {
        return new Memory(heapBytes - before.heapBytes, residentBytes - before.residentBytes);
    }

    Memory per(int pieces) {
        return new Memory(heapBytes / pieces, residentBytes / pieces);
    }

    @Override
    public String toString() {
        return "%,.0f bytes of heap, %,.0f resident".formatted(heapBytes, residentBytes);
    }
}
