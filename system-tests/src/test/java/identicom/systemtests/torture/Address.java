package identicom.systemtests.torture;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An address of this machine that can be gone for a while: nothing that is sent to it is answered, connections to it stand still until TCP
 * gives up or sends again, and who is on the machine hears nothing of it. One thread at a time.
 */
final class Address implements AutoCloseable {
    private static final int TRIES = 20;
    private static final int LEAST = 1;
    private static final int MOST = 255;

    private final String text;

    private Address(String text) {
        this.text = text;
    }

    /** Whether this user may take one, on this machine. */
    static boolean allowed() {
        try (Address tried = take()) {
            return tried.inet().isSiteLocalAddress();
        } catch (IOException no) {
            return false;
        }
    }

    /** One that nobody has. @throws IOException none may be taken */
    static Address take() throws IOException {
        IOException last = new IOException("no try");
        for (int i = 0; i < TRIES; i++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Address address = new Address("10.213." + random.nextInt(LEAST, MOST) + "." + random.nextInt(LEAST, MOST));
            try {
                address.giveBack();
                // where it is not local it leads into the loop and is answered by no one
                Tool.run("ip", "route", "add", address.text + "/32", "dev", "lo", "metric", "1000");
                return address;
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw last;
    }

    InetAddress inet() throws IOException {
        return InetAddress.getByName(text);
    }

    void lose() throws IOException {
        Tool.run("ip", "addr", "del", text + "/32", "dev", "lo");
    }

    void giveBack() throws IOException {
        Tool.run("ip", "addr", "add", text + "/32", "dev", "lo");
    }

    @Override
    public void close() throws IOException {
        Tool.run("ip", "route", "del", text + "/32", "dev", "lo", "metric", "1000");
        lose();
    }
}
