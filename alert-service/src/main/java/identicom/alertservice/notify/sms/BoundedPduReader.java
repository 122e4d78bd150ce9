package identicom.alertservice.notify.sms;

import java.io.DataInputStream;
import java.io.IOException;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;

/**
 * Takes no memory for a PDU longer than any that SMPP 3.4 knows: what claims to be longer ends the connection. Remembers how a bind was
 * refused, for the library forgets the answer when the provider closes right behind it.
 */
final class BoundedPduReader extends DefaultPDUReader {
    /** Header, mandatory fields, and one message_payload of the longest kind. */
    private static final int LONGEST = 70_000;

    private volatile int refusal;

    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        Command header = super.readPDUHeader(in);
        if (header.getCommandLength() > LONGEST) {
            throw new IOException(
                    "command_length: " + header.getCommandLength() + " (expected: at most " + LONGEST + ")");
        }
        if (header.getCommandId() == SMPPConstant.CID_BIND_TRANSCEIVER_RESP) {
            refusal = header.getCommandStatus();
        }
        return header;
    }

    /** The command_status of a bind_transceiver_resp (SMPP 3.4 section 5.1.3); 0 when none has refused. */
    int refusal() {
        return refusal;
    }
}
