package identicom.wire.frame;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.util.List;

/** Notes each time that the pipeline asks the socket for bytes. */
final class ReadRecorder extends ChannelOutboundHandlerAdapter {
    private final List<String> asked;

    ReadRecorder(List<String> asked) {
        this.asked = asked;
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        asked.add("read");
        ctx.read();
    }
}
