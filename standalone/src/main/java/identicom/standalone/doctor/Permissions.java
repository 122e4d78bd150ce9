package identicom.standalone.doctor;

import identicom.schema.Cluster;
import identicom.schema.Profile;
import identicom.schema.Topic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/** What the user that the configuration logs in as may do at the topics and groups of its services: the brokers say it themselves. */
record Permissions(String subject, Profile profile, KafkaTools tools, Needs needs, Cluster cluster) {
    List<Finding> findings(Admin admin, Topics topics) throws InterruptedException {
        if (!authorizes(admin)) {
            return List.of(unguarded());
        }
        List<Finding> found = new ArrayList<>(atTopics(topics));
        found.addAll(atGroups(admin));
        return found;
    }

    /** A cluster without an authorizer says so when asked for its rules, and that everything is allowed when asked what is. */
    private static boolean authorizes(Admin admin) throws InterruptedException {
        ResourcePatternFilter any =
                new ResourcePatternFilter(ResourceType.TOPIC, Topic.KEYS.topicName(), PatternType.LITERAL);
        try {
            Answers.await(admin.describeAcls(new AclBindingFilter(any, AccessControlEntryFilter.ANY))
                    .values());
            return true;
        } catch (UnansweredException e) {
            return !e.isA(SecurityDisabledException.class);
        }
    }

    private Finding unguarded() {
        String all = "the brokers have no authorizer: whoever reaches them may read and write everything";
        return profile == Profile.PRODUCTION
                ? Finding.warn(
                        subject + ", permissions",
                        all,
                        "an authorizer",
                        "set authorizer.class.name at the brokers, or let only these services reach them")
                : Finding.skipped(subject + ", permissions", all);
    }

    private List<Finding> atTopics(Topics topics) {
        List<Finding> found = new ArrayList<>();
        needs.topics(cluster).forEach((topic, needed) -> {
            TopicDescription description = topics.described().get(topic);
            if (description != null && description.authorizedOperations() != null) {
                Set<AclOperation> missing = EnumSet.copyOf(needed);
                missing.removeAll(description.authorizedOperations());
                if (!missing.isEmpty()) {
                    found.add(denied("topic " + topic.topicName(), missing, "--topic " + topic.topicName()));
                }
            }
        });
        if (found.isEmpty()) {
            found.add(Finding.ok(
                    subject + ", permissions at topics",
                    "all that is needed is allowed at those that are there and are used"));
        }
        return found;
    }

    private Finding denied(String what, Set<AclOperation> missing, String option) {
        String operations = missing.stream().map(Permissions::word).collect(Collectors.joining(", "));
        String options = missing.stream()
                .map(operation -> "--operation " + word(operation) + " ")
                .collect(Collectors.joining());
        return Finding.wrong(
                subject + ", permissions at " + what,
                "not allowed: " + operations,
                "allowed for the user that this program logs in as",
                tools.allow(options + option));
    }

    private List<Finding> atGroups(Admin admin) throws InterruptedException {
        Set<String> groups = needs.groups(cluster);
        Map<String, KafkaFuture<ConsumerGroupDescription>> asked = admin.describeConsumerGroups(
                        groups, new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups();
        List<Finding> found = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        List<String> unused = new ArrayList<>();
        for (String group : groups) {
            try {
                Set<AclOperation> operations = Answers.await(asked.get(group)).authorizedOperations();
                if (operations == null || operations.contains(AclOperation.READ)) {
                    allowed.add(group);
                } else {
                    found.add(deniedGroup(group));
                }
            } catch (UnansweredException e) {
                if (e.isA(GroupAuthorizationException.class)) {
                    found.add(deniedGroup(group));
                } else if (e.isA(GroupIdNotFoundException.class)) {
                    unused.add(group);
                } else {
                    found.add(Finding.warn(
                            subject + ", permissions at group " + group,
                            "cannot be asked: " + e.getMessage(),
                            "an answer",
                            "look at the brokers that hold __consumer_offsets"));
                }
            }
        }
        if (!allowed.isEmpty()) {
            found.add(Finding.ok(subject + ", permissions at groups", "may be read: " + String.join(", ", allowed)));
        }
        if (!unused.isEmpty()) {
            found.add(Finding.skipped(
                    subject + ", permissions at groups",
                    "never used, so that nothing but their being seen is known to be allowed: "
                            + String.join(", ", unused)));
        }
        return found;
    }

    private Finding deniedGroup(String group) {
        return denied("group " + group, EnumSet.of(AclOperation.READ), "--group " + group);
    }

    private static String word(AclOperation operation) {
        String name = operation.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
