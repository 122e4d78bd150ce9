package identicom.embedded.smsc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMSC on 127.0.0.1 whose phones are a list in memory. It takes any system id with the right password, acknowledges
 * every message, says a moment later that it was delivered, and sends what a phone is made to write. Thread
 * {@code smsc-accept}, one {@code smsc-bind} for each connection until it is bound, and the sessions' own.
 */
public final class Smsc implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Smsc.class);
    private static final int MOST_SESSIONS = 64;
    private static final int BACKLOG = 16;
    private static final Duration BIND_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final int WORKERS = 4;
    private static final int QUEUE = 100;
    private static final String OURS = "Identicom";

    /**
     * @param port 0: any free one
     * @param kept how many of the newest messages are remembered
     * @param receiptAfter how long a phone takes to get a message
     */
    public record Options(int port, String password, int kept, Duration receiptAfter) {
        public static Options withPassword(String password) {
            return new Options(0, password, 1_000, Duration.ofSeconds(1));
        }

        public Options withPort(int fixed) {
            return new Options(fixed, password, kept, receiptAfter);
        }

        public Options withReceiptAfter(Duration delay) {
            return new Options(port, password, kept, delay);
        }

        @Override
        public String toString() {
            return "port " + port;
        }
    }

    private final Options options;
    private final ServerSocket listener = new ServerSocket();
    private final Faults faults = new Faults();
    private final Phones phones;
    private final Deliveries deliveries;
    private final Receiver receiver;
    private final Set<SMPPServerSession> sessions = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile int port;
    private volatile boolean stopping;

    private Smsc(Options options) throws IOException {
        this.options = options;
        this.phones = new Phones(options.kept);
        this.deliveries = new Deliveries(this::receivable);
        this.receiver = new Receiver(phones, deliveries, faults, options.receiptAfter);
        this.acceptor = Thread.ofPlatform().name("smsc-accept").daemon(true).unstarted(this::accept);
    }

    /** @throws IOException the port is taken */
    public static Smsc start(Options options) throws IOException {
        Smsc smsc = new Smsc(options);
        try {
            smsc.listener.setReuseAddress(true);
            smsc.listener.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), options.port), BACKLOG);
        } catch (IOException e) {
            smsc.listener.close();
            throw e;
        }
        smsc.port = smsc.listener.getLocalPort();
        smsc.acceptor.start();
        smsc.deliveries.start();
        return smsc;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** The newest messages that came whole, oldest first. */
    public List<PhoneMessage> messages() {
        return phones.messages();
    }

    public Faults faults() {
        return faults;
    }

    /** How many texts from phones, and receipts, are on their way to whoever is bound. */
    public int undelivered() {
        return deliveries.undelivered();
    }

    /** How many are bound. */
    public int bound() {
        return (int) sessions.stream()
                .filter(session -> session.getSessionState().isBound())
                .count();
    }

    /**
     * A phone writes to us. It is sent until it is acknowledged.
     *
     * @param from digits, in international form without the plus
     * @param text of one short message: what is longer than that is cut
     */
    public void receive(String from, String text) {
        byte[] gsm = PhoneAlphabet.writeDefault(text);
        byte[] bytes = Objects.requireNonNullElseGet(gsm, () -> text.getBytes(StandardCharsets.UTF_16BE));
        int longest = gsm == null ? 140 : 160;
        receive(
                from,
                0,
                gsm == null ? PhoneAlphabet.UCS2 : PhoneAlphabet.DEFAULT,
                bytes.length > longest ? Arrays.copyOf(bytes, longest) : bytes);
    }

    /** As {@link #receive(String, String)}, byte by byte. */
    public void receive(String from, int esmClass, int dataCoding, byte[] bytes) {
        if (!deliveries.add(new Delivery(System.nanoTime(), 0, from, OURS, esmClass, dataCoding, bytes))) {
            throw new IllegalStateException("too many messages wait for somebody to bind");
        }
    }

    private Optional<SMPPServerSession> receivable() {
        return sessions.stream()
                .filter(session -> session.getSessionState().isReceivable())
                .findFirst();
    }

    private void accept() {
        while (!stopping) {
            try {
                Socket socket = listener.accept();
                if (stopping || sessions.size() >= MOST_SESSIONS) {
                    socket.close();
                } else {
                    serve(socket);
                }
            } catch (IOException e) {
                if (!stopping) {
                    LOG.warn("a connection to the SMSC failed: {}", e.toString());
                }
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        CountDownLatch closed = new CountDownLatch(1);
        SMPPServerSession session = new SMPPServerSession(
                new SocketConnection(socket),
                (newState, oldState, source) -> {
                    if (newState == SessionState.CLOSED) {
                        sessions.remove(source);
                        closed.countDown();
                    }
                },
                receiver,
                null,
                WORKERS,
                QUEUE,
                new SynchronizedPDUSender(new DefaultPDUSender()),
                new DefaultPDUReader());
        session.setTransactionTimer(ANSWERED_WITHIN.toMillis());
        sessions.add(session);
        Thread.ofPlatform().name("smsc-bind").daemon(true).start(() -> bind(session, closed));
    }

    /** Who is refused hangs up: a client that sees the end before it has dealt with the answer loses it. */
    private void bind(SMPPServerSession session, CountDownLatch closed) {
        try {
            BindRequest request = session.waitForBind(BIND_WITHIN.toMillis());
            if (faults.hangsOnBind()) {
                return;
            }
            if (MessageDigest.isEqual(utf8(request.getPassword()), utf8(options.password))) {
                request.accept("standalone");
            } else {
                request.reject(SMPPConstant.STAT_ESME_RINVPASWD);
                if (!closed.await(BIND_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    session.close();
                }
            }
        } catch (TimeoutException | PDUException | IOException | RuntimeException e) {
            LOG.debug("nobody was bound: {}", e.toString());
            session.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.close();
        }
    }

    private static byte[] utf8(String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            listener.close();
            // a thread that stands in accept() takes connections until it has run again
            acceptor.join(STOP_WITHIN);
        } catch (IOException e) {
            LOG.debug("the SMSC's socket did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sessions.forEach(SMPPServerSession::close);
        faults.stop();
        deliveries.close();
    }
}
