package identicom.embedded.smsc;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/** Takes submit_sm, and nothing else. The sessions' threads. */
final class Receiver implements ServerMessageReceiverListener {
    private static final int UDH_INDICATOR = 0x40;
    private static final int RECEIPT = 0x04;
    private static final int RECEIPT_WANTED = 0x03;
    private static final byte DELIVERED = 2;
    private static final byte UNDELIVERABLE = 5;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Phones phones;
    private final Deliveries deliveries;
    private final Faults faults;
    private final Duration receiptAfter;
    private final SecureRandom random = new SecureRandom();

    Receiver(Phones phones, Deliveries deliveries, Faults faults, Duration receiptAfter) {
        this.phones = phones;
        this.deliveries = deliveries;
        this.faults = faults;
        this.receiptAfter = receiptAfter;
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm message, SMPPServerSession source) throws ProcessRequestException {
        try {
            if (!faults.awaitSubmit()) {
                throw new ProcessRequestException("stopping", SMPPConstant.STAT_ESME_RSYSERR);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessRequestException("stopping", SMPPConstant.STAT_ESME_RSYSERR);
        }
        if (faults.refusal() != 0) {
            throw new ProcessRequestException("refused", faults.refusal());
        }
        // drawn, not counted: an id must not come back after a restart
        String id = HexFormat.of().toHexDigits(random.nextLong());
        boolean header = (message.getEsmClass() & UDH_INDICATOR) != 0;
        phones.part(
                message.getSourceAddr(),
                message.getDestAddress(),
                new PhoneMessage.Part(id, message.getDataCoding() & 0xff, header, message.getShortMessage()));
        if ((message.getRegisteredDelivery() & RECEIPT_WANTED) != 0) {
            deliveries.add(receipt(id, message));
        }
        try {
            return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
        } catch (PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    private Delivery receipt(String id, SubmitSm message) {
        boolean failed = faults.isUndeliverable();
        String now = MINUTE.format(Instant.now());
        String text = "id:" + id + " sub:001 dlvrd:" + (failed ? "000" : "001") + " submit date:" + now + " done date:"
                + now + " stat:" + (failed ? "UNDELIV" : "DELIVRD") + " err:" + (failed ? "001" : "000") + " text:";
        return new Delivery(
                System.nanoTime() + receiptAfter.toNanos(),
                0,
                message.getDestAddress(),
                message.getSourceAddr(),
                RECEIPT,
                0,
                faults.hasReceiptsWithoutText() ? new byte[0] : text.getBytes(StandardCharsets.US_ASCII),
                new OptionalParameter.Receipted_message_id(id),
                new OptionalParameter.Message_state(failed ? UNDELIVERABLE : DELIVERED));
    }

    private static ProcessRequestException notTaken() {
        return new ProcessRequestException("not taken", SMPPConstant.STAT_ESME_RINVCMDID);
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti message, SMPPServerSession source)
            throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession source) throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm replacement, SMPPServerSession source) throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public void onAcceptCancelSm(CancelSm cancellation, SMPPServerSession source) throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm message, SMPPServerSession source)
            throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancellation, SMPPServerSession source)
            throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession source)
            throws ProcessRequestException {
        throw notTaken();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm message, Session source) throws ProcessRequestException {
        throw notTaken();
    }
}
