package identicom.alertservice.notify.sms;

import identicom.alertservice.notify.PhoneReplies;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider sends: receipts, and texts from phones. It is told that we have one only after it was dealt with;
 * until then, and when that failed, it has to send it again. The session's threads; at most {@link #AT_ONCE} at a time,
 * the rest is sent back, so that answers to what we send always find a thread.
 */
final class Inbound implements MessageReceiverListener {
    static final int AT_ONCE = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final String provider;
    private final PhoneReplies replies;
    private final PartReceipts receipts;
    private final SmsMeters meters;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicBoolean failing = new AtomicBoolean();

    Inbound(String provider, PhoneReplies replies, PartReceipts receipts, SmsMeters meters) {
        this.provider = provider;
        this.replies = replies;
        this.receipts = receipts;
        this.meters = meters;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
        if (!places.tryAcquire()) {
            meters.came(SmsMeters.Came.SENT_BACK);
            throw again("busy");
        }
        try {
            meters.came(handle(message));
            failing.set(false);
        } catch (RuntimeException e) {
            meters.came(SmsMeters.Came.SENT_BACK);
            if (!failing.getAndSet(true)) {
                LOG.warn("What {} sends cannot be dealt with, it is to send it again", provider, e);
            }
            throw again("failed");
        } finally {
            places.release();
        }
    }

    private SmsMeters.Came handle(DeliverSm message) {
        if (message.isSmscDeliveryReceipt()) {
            return Receipt.of(message).map(this::receipt).orElse(SmsMeters.Came.IGNORED);
        }
        if (!message.isDefaultMessageType()) {
            return SmsMeters.Came.IGNORED;
        }
        Optional<String> text = PhoneText.of(message);
        text.ifPresent(words ->
                replies.received(PhoneNumbers.sender(message.getSourceAddrTon(), message.getSourceAddr()), words));
        return text.isPresent() ? SmsMeters.Came.TEXT : SmsMeters.Came.IGNORED;
    }

    private SmsMeters.Came receipt(Receipt receipt) {
        LOG.debug("{}: message {} {}", provider, receipt.messageId(), receipt.detail());
        receipts.receipt(receipt);
        return switch (receipt.state()) {
            case DELIVERED -> SmsMeters.Came.DELIVERED;
            case FAILED -> SmsMeters.Came.UNDELIVERED;
            case OPEN -> SmsMeters.Came.OPEN;
        };
    }

    private static ProcessRequestException again(String why) {
        return new ProcessRequestException(why, SMPPConstant.STAT_ESME_RX_T_APPN);
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {
        meters.came(SmsMeters.Came.IGNORED);
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
        meters.came(SmsMeters.Came.IGNORED);
        throw new ProcessRequestException("data_sm is not taken", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
