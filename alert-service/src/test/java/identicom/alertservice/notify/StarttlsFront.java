package identicom.alertservice.notify;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks SMTP up to STARTTLS, and hands what then comes through TLS on to a mail server that knows none. */
final class StarttlsFront extends LineServer {

    private final int behind;
    private final SSLContext context = context();

    /** @param behind the mail server's port */
    StarttlsFront(int behind) throws IOException {
        this.behind = behind;
        start();
    }

    private static SSLContext context() {
        try (var in = DummySSLServerSocketFactory.class.getResourceAsStream("/greenmail.p12")) {
            char[] password = "changeit".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void serve(Socket client, BufferedReader commands) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            say(client, "220 front ready");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                if (line.equalsIgnoreCase("STARTTLS")) {
                    say(client, "220 go ahead");
                    secured(client, server);
                    return;
                }
                say(client, line.startsWith("EHLO") ? "250-front\r\n250 STARTTLS" : "530 STARTTLS first");
            }
        }
    }

    private void secured(Socket client, Socket server) throws IOException {
        try (SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(client, null, 0, true)) {
            secure.setUseClientMode(false);
            secure.startHandshake();
            lines(server).readLine();
            run(() -> copy(server, secure));
            secure.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
