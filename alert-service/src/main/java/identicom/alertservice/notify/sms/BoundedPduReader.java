package identicom.alertservice.notify.sms;

import java.io.DataInputStream;
import java.io.IOException;
import org.jsmpp.DefaultPDUReader;
import org.jsmpp.InvalidCommandLengthException;
import org.jsmpp.bean.Command;

/** Takes no memory for a PDU longer than any that SMPP 3.4 knows: what claims to be longer ends the connection. */
final class BoundedPduReader extends DefaultPDUReader {
    /** Header, mandatory fields, and one message_payload of the longest kind. */
    private static final int LONGEST = 70_000;

    @Override
    public Command readPDUHeader(DataInputStream in) throws InvalidCommandLengthException, IOException {
        Command header = super.readPDUHeader(in);
        if (header.getCommandLength() > LONGEST) {
            throw new IOException(
                    "command_length: " + header.getCommandLength() + " (expected: at most " + LONGEST + ")");
        }
        return header;
    }
}
