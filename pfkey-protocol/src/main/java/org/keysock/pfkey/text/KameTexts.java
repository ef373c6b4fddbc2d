package org.keysock.pfkey.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.KameExtension;

/** The extensions that KAME and Linux added. */
final class KameTexts {

    /** The same number in every dialect. */
    private static final int AF_INET = 2;

    private static final String[] POLICIES = {"discard", "none", "ipsec", "entrust", "bypass"};
    private static final String[] DIRECTIONS = {
        "any", "in", "out", "fwd", "socket-in", "socket-out"
    };
    private static final String[] MODES = {"any", "transport", "tunnel", "beet"};
    private static final String[] LEVELS = {"default", "use", "require", "unique"};
    private static final String[] ENCAPSULATIONS = {"none", "non-IKE", "ESP-in-UDP"};

    private KameTexts() {}

    static void putInto(ExtensionTexts.Rows rows) {
        rows.put(KameExtension.Policy.class, KameTexts::policy);
        rows.put(KameExtension.Sa2.class, KameTexts::sa2);
        rows.put(
                KameExtension.NatTType.class,
                (type, words) ->
                        words.say(MessageText.named(ENCAPSULATIONS, type.encapsulation())));
        rows.put(KameExtension.NatTPort.class, (port, words) -> words.say(port.port()));
        rows.put(KameExtension.SecurityContext.class, KameTexts::securityContext);
        rows.put(
                KameExtension.KmAddress.class,
                (km, words) ->
                        words.say("local").address(km.local()).say("remote").address(km.remote()));
        rows.put(KameExtension.Filter.class, KameTexts::filter);
    }

    private static void policy(KameExtension.Policy policy, Words words) {
        words.say(MessageText.named(POLICIES, policy.policyType()))
                .say(MessageText.named(DIRECTIONS, policy.direction()))
                .unlessZero("id", Integer.toUnsignedLong(policy.id()))
                .unlessZero("priority", Integer.toUnsignedLong(policy.priority()));
        words.indented(() -> policy.requests().forEach(each -> request(each, words)));
    }

    private static void request(KameExtension.Policy.Request request, Words words) {
        words.line(protocol(request.protocol()))
                .say(MessageText.named(MODES, request.mode()))
                .say(MessageText.named(LEVELS, request.level()))
                .unlessZero("reqid", Integer.toUnsignedLong(request.reqid()));
        if (request.source() != null && request.destination() != null) {
            words.say("from").address(request.source()).say("to").address(request.destination());
        }
    }

    private static String protocol(int number) {
        return switch (number) {
            case 50 -> "ESP";
            case 51 -> "AH";
            case 108 -> "IPCOMP";
            default -> "protocol " + number;
        };
    }

    private static void sa2(KameExtension.Sa2 sa2, Words words) {
        words.say("mode", MessageText.named(MODES, sa2.mode()))
                .unlessZero("sequence", Integer.toUnsignedLong(sa2.sequence()))
                .unlessZero("reqid", Integer.toUnsignedLong(sa2.reqid()));
    }

    private static void securityContext(KameExtension.SecurityContext context, Words words) {
        words.say("algorithm", context.algorithm())
                .say("domain", context.domain())
                .quoted(new String(context.context(), StandardCharsets.ISO_8859_1));
    }

    private static void filter(KameExtension.Filter filter, Words words) {
        int bytes = filter.family() == AF_INET ? 4 : 16;
        words.say("family", filter.family())
                .say("from", side(filter.source(), bytes, filter.sourcePrefix()))
                .say("to", side(filter.destination(), bytes, filter.destinationPrefix()));
    }

    private static String side(byte[] address, int bytes, int prefix) {
        return IpAddress.ofBytes(Arrays.copyOf(address, bytes)) + "/" + prefix;
    }
}
