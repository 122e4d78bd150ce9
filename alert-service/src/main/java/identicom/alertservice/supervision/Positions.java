package identicom.alertservice.supervision;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** How far the topics reach that supervision follows, and how far its groups have read them, of all instances together. */
interface Positions {

    /** Where each partition ends now, of those that hold anything. */
    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException;

    /** Up to where each was read and stored; partitions of which nothing was are missing. */
    Map<TopicPartition, Long> read() throws ExecutionException, InterruptedException;
}
