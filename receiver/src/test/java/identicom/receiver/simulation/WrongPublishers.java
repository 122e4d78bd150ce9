package identicom.receiver.simulation;

import com.google.protobuf.ByteString;
import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.Receipt;
import identicom.receiver.publish.StationState;
import identicom.schema.Cluster;
import identicom.schema.v1.Event;
import identicom.schema.v1.EventClass;
import identicom.schema.v1.PictureBlock;
import identicom.schema.v1.PictureProgress;
import identicom.schema.v1.Quarantined;
import identicom.schema.v1.SessionRecord;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Publishers that do one thing wrong. */
final class WrongPublishers {
    private static final Receipt UNHEARD = new Receipt() {
        @Override
        public void acknowledged(Cluster cluster, long atUs) {}

        @Override
        public void lost(Cluster cluster) {}
    };

    private WrongPublishers() {}

    static Plant planting(BiFunction<Publisher, StationState, Publisher> wrong) {
        return new Plant() {
            @Override
            public Publisher publisher(Publisher right, StationState state) {
                return wrong.apply(right, state);
            }
        };
    }

    /** What main's receipts say goes through {@code change}. */
    private static Plant receipts(UnaryOperator<Receipt> change) {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void event(Event event, Receipt receipt) {
                super.event(event, change.apply(receipt));
            }
        });
    }

    private static Plant events(UnaryOperator<Event> change) {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void event(Event event, Receipt receipt) {
                super.event(change.apply(event), receipt);
            }
        });
    }

    private static Plant blocks(UnaryOperator<PictureBlock> change) {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void picture(PictureBlock block, Receipt receipt) {
                super.picture(change.apply(block), receipt);
            }
        });
    }

    static Plant acknowledgesBeforeDurable() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void event(Event event, Receipt receipt) {
                super.event(event, UNHEARD);
                receipt.acknowledged(Cluster.MAIN, 1);
            }
        });
    }

    static Plant takesLostForDurable() {
        return receipts(receipt -> new Receipt() {
            @Override
            public void acknowledged(Cluster cluster, long atUs) {
                receipt.acknowledged(cluster, atUs);
            }

            @Override
            public void lost(Cluster cluster) {
                receipt.acknowledged(cluster, 1);
            }
        });
    }

    static Plant takesPriorityForMain() {
        return receipts(receipt -> new Receipt() {
            @Override
            public void acknowledged(Cluster cluster, long atUs) {
                receipt.acknowledged(Cluster.MAIN, atUs);
            }

            @Override
            public void lost(Cluster cluster) {
                receipt.lost(cluster);
            }
        });
    }

    static Plant wrongTopic() {
        return events(event -> event.getEventClass() == EventClass.HIGH
                ? event.toBuilder().setEventClass(EventClass.ROUTINE).build()
                : event);
    }

    static Plant wrongLog() {
        return events(event -> event.getSequence() % 7 == 0
                ? event.toBuilder().setLogId(event.getLogId() ^ 1).build()
                : event);
    }

    static Plant wrongSerial() {
        return events(event -> event.getSequence() % 7 == 0
                ? event.toBuilder().setSerial("UNIT-0").build()
                : event);
    }

    static Plant dropsAtAFullQueue() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void event(Event event, Receipt receipt) {
                if (state.outboxFull()) {
                    receipt.acknowledged(Cluster.MAIN, 1);
                } else {
                    super.event(event, receipt);
                }
            }
        });
    }

    static Plant dropsWhileSilent() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void event(Event event, Receipt receipt) {
                if (state.mainSilent()) {
                    receipt.acknowledged(Cluster.MAIN, 1);
                } else {
                    super.event(event, receipt);
                }
            }
        });
    }

    static Plant dropsABlock() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void picture(PictureBlock block, Receipt receipt) {
                if (block.getOffset() == 200) {
                    receipt.acknowledged(Cluster.MAIN, 1);
                } else {
                    super.picture(block, receipt);
                }
            }
        });
    }

    static Plant acknowledgesBlocksAtOnce() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void picture(PictureBlock block, Receipt receipt) {
                super.picture(block, UNHEARD);
                receipt.acknowledged(Cluster.MAIN, 1);
            }
        });
    }

    static Plant movesABlock() {
        return blocks(block -> block.getOffset() == 0
                ? block
                : block.toBuilder().setOffset(block.getOffset() - 1).build());
    }

    static Plant spoilsABlock() {
        return blocks(block -> block.getData().isEmpty()
                ? block
                : block.toBuilder()
                        .setData(block.getData().substring(1).concat(ByteString.copyFrom(new byte[] {
                            (byte) (block.getData().byteAt(0) + 1)
                        })))
                        .build());
    }

    static Plant tellsProgressTooEarly() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void pictureProgress(PictureProgress progress, Receipt receipt) {
                super.pictureProgress(
                        progress.toBuilder()
                                .setDurableOffset(progress.getDurableOffset() + 1)
                                .build(),
                        receipt);
            }
        });
    }

    static Plant forgetsProgressTooEarly() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void pictureProgress(PictureProgress progress, Receipt receipt) {
                super.pictureProgress(progress, receipt);
                super.pictureGone(progress.getIdentity());
            }
        });
    }

    static Plant dropsOpened() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void session(SessionRecord record) {
                if (!record.hasOpened()) {
                    super.session(record);
                }
            }
        });
    }

    static Plant claimsTooMuch() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void heartbeat(SessionRecord record) {
                SessionRecord.Builder wrong = record.toBuilder();
                wrong.getHeartbeatBuilder().setAtUs(record.getHeartbeat().getAtUs() + 1_000_000);
                super.heartbeat(wrong.build());
            }
        });
    }

    static Plant closesTwice() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void session(SessionRecord record) {
                super.session(record);
                if (record.hasClosed()) {
                    super.session(record);
                }
            }
        });
    }

    static Plant dropsQuarantine() {
        return planting((right, state) -> new WatchedPublisher(right) {
            @Override
            public void quarantine(Quarantined record) {}
        });
    }
}
