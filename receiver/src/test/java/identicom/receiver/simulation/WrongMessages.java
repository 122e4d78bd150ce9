package identicom.receiver.simulation;

import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.PictureEntry;
import identicom.wire.message.PictureList;
import identicom.wire.message.ReadEventLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Sessions that get or say one thing wrong. */
final class WrongMessages {
    private static final int MAX_SEQUENCE_STEP = 3;

    private WrongMessages() {}

    /** Hands everything on; one of its own for each connection. */
    private abstract static class Between extends ChannelDuplexHandler {
        Object incoming(Object message) {
            return message;
        }

        Object outgoing(Object message) {
            return message;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.fireChannelRead(incoming(message));
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ctx.write(outgoing(message), promise);
        }
    }

    private static Plant planting(Supplier<Between> wrong) {
        return new Plant() {
            @Override
            public void pipeline(ChannelPipeline pipeline) {
                pipeline.addBefore(pipeline.lastContext().name(), null, wrong.get());
            }
        };
    }

    static Plant takesAPushForAnAnswer() {
        return planting(() -> new Between() {
            private boolean asked;

            @Override
            Object incoming(Object message) {
                boolean wrong = asked && message instanceof EventLog log && log.pushed();
                if (message instanceof EventLog) {
                    asked = false;
                }
                return wrong ? answer((EventLog) message) : message;
            }

            private EventLog answer(EventLog push) {
                return new EventLog(0, false, push.logId(), push.entries());
            }

            @Override
            Object outgoing(Object message) {
                asked |= message instanceof ReadEventLog;
                return message;
            }
        });
    }

    static Plant deletesOneTooMany() {
        return planting(() -> new Between() {
            @Override
            Object outgoing(Object message) {
                return message instanceof DeleteEventLog(long upTo) ? new DeleteEventLog(upTo + 1) : message;
            }
        });
    }

    static Plant deletesWhatItRead() {
        return planting(() -> new Between() {
            private long read;

            @Override
            Object incoming(Object message) {
                if (message instanceof EventLog log
                        && !log.pushed()
                        && !log.entries().isEmpty()) {
                    read = log.entries().getLast().sequence();
                }
                return message;
            }

            @Override
            Object outgoing(Object message) {
                return message instanceof DeleteEventLog(long upTo)
                        ? new DeleteEventLog(Math.max(upTo, read))
                        : message;
            }
        });
    }

    /** The session goes by the log id it saw first. */
    static Plant overlooksAnotherMemory() {
        return planting(() -> new Between() {
            private int logId = -1;

            @Override
            Object incoming(Object message) {
                if (!(message instanceof EventLog log)) {
                    return message;
                }
                logId = logId < 0 ? log.logId() : logId;
                boolean other = log.logId() != logId;
                return other ? new EventLog(log.remaining(), log.pushed(), logId, log.entries()) : log;
            }
        });
    }

    /** A delete of an earlier session of the same unit is said again in a newer one. */
    static Plant repeatsAnOldDelete() {
        Map<String, DeleteEventLog> last = new HashMap<>();
        return planting(() -> new Between() {
            private String serial = "";
            private boolean first = true;

            @Override
            Object incoming(Object message) {
                if (message instanceof Identification(String says, String version)) {
                    serial = says;
                }
                return message;
            }

            @Override
            Object outgoing(Object message) {
                if (!(message instanceof DeleteEventLog delete)) {
                    return message;
                }
                DeleteEventLog old = first ? last.getOrDefault(serial, delete) : delete;
                first = false;
                last.put(serial, delete);
                return old;
            }
        });
    }

    static Plant skipsEntries() {
        return planting(() -> new Between() {
            @Override
            Object outgoing(Object message) {
                return message instanceof ReadEventLog(long after) && after > 0
                        ? new ReadEventLog(after + MAX_SEQUENCE_STEP)
                        : message;
            }
        });
    }

    static Plant asksTwice() {
        return planting(() -> new Between() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                if (message instanceof ReadEventLog) {
                    ctx.write(message, ctx.voidPromise());
                }
                super.write(ctx, message, promise);
            }
        });
    }

    static Plant asksEverybody() {
        return planting(() -> new Between() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (message instanceof Identification) {
                    ctx.writeAndFlush(new ReadEventLog(0));
                }
                super.channelRead(ctx, message);
            }
        });
    }

    /** It takes each picture's CRC for another, so that a good picture is never right. */
    static Plant neverBelievesAPicture() {
        return planting(() -> new Between() {
            @Override
            Object incoming(Object message) {
                return message instanceof PictureList(var pictures)
                        ? new PictureList(pictures.stream()
                                .map(p -> new PictureEntry(p.picture(), p.size(), p.takenSeconds(), p.crc32() ^ 2))
                                .toList())
                        : message;
            }
        });
    }

    static Plant neverAsksWhoIsThere() {
        return planting(() -> new Between() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                if (!(message instanceof Identify)) {
                    super.write(ctx, message, promise);
                }
            }
        });
    }

    /** Bytes that come are held on to for ever. */
    static Plant leaks() {
        return new Plant() {
            @Override
            public void pipeline(ChannelPipeline pipeline) {
                pipeline.addFirst(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        ctx.fireChannelRead(message instanceof ByteBuf bytes ? bytes.retain() : message);
                    }
                });
            }
        };
    }
}
