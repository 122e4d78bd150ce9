package identicom.alertservice;

import identicom.alertservice.canary.CanaryCalls;
import java.sql.Connection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the canary finds out, in the log: until there are technical alerts and an outbox of notifications to hand it to. */
final class QuietCanary implements CanaryCalls {

    private static final Logger LOG = LoggerFactory.getLogger(QuietCanary.class);

    @Override
    public void text(Connection tx, UUID alert, String number, String text) {
        LOG.debug("No text message is sent about the canary's alert {}", alert);
    }

    @Override
    public void missing(Connection tx, String detail) {
        LOG.error("The canary is missing: {}", detail);
    }
}
