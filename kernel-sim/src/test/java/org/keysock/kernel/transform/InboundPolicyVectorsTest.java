package org.keysock.kernel.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keysock.kernel.sadb.SaDetails;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Action;
import org.keysock.kernel.spd.Policies;
import org.keysock.kernel.spd.PolicyDirection;
import org.keysock.kernel.spd.Selector;
import org.keysock.kernel.spd.Template;
import org.keysock.pfkey.model.Extension.Lifetime;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.SaType;

/**
 * Packets that a Linux kernel got under inbound policies and limits, along the whole road: ours
 * have its verdict and its reason.
 */
final class InboundPolicyVectorsTest {

    private static final Pattern POLICY =
            Pattern.compile("ip xfrm policy add src (\\S+)/(\\d+) dst (\\S+)/(\\d+) dir in(.*)");
    private static final Pattern TEMPLATE =
            Pattern.compile(
                    " tmpl src (\\S+) dst (\\S+) proto esp reqid (\\d+) mode (\\w+)( level use)?");
    private static final Pattern LIMIT = Pattern.compile("limit (packet|byte)-hard (\\d+)");
    private static final Pattern REQID = Pattern.compile("reqid (\\d+)");

    @Test
    void allCases() {
        JsonArray cases = VectorSa.read("linux/inbound-policy");
        int steps = 0;
        for (JsonElement each : cases) {
            JsonObject one = each.getAsJsonObject();
            Gateway gateway = gateway(one);
            for (JsonElement step : one.getAsJsonArray("steps")) {
                step(one.get("name") + " " + steps++, step.getAsJsonObject(), gateway);
            }
        }
        System.out.println(
                "vectors/linux/inbound-policy: "
                        + cases.size()
                        + " of "
                        + cases.size()
                        + " cases, "
                        + steps
                        + " steps");
    }

    private static Gateway gateway(JsonObject one) {
        Gateway gateway = new Gateway();
        int next = 0;
        for (JsonElement command : one.getAsJsonArray("setup")) {
            String text = command.getAsString();
            Matcher policy = POLICY.matcher(text);
            if (policy.matches()) {
                policy(gateway, policy);
            } else {
                JsonObject json = one.getAsJsonArray("sas").get(next++).getAsJsonObject();
                gateway.with(sa(text, json));
            }
        }
        return gateway;
    }

    private static SecurityAssociation sa(String command, JsonObject json) {
        VectorSa vector = VectorSa.ofLinux(json);
        Matcher reqid = REQID.matcher(command);
        assertTrue(reqid.find(), command);
        vector.reqid = Integer.parseInt(reqid.group(1));
        if (command.contains(" encap espinudp 4500 4500")) {
            vector.encapsulation = SaDetails.IN_UDP;
            vector.sourcePort = SaDetails.ENCAPSULATION_PORT;
            vector.destinationPort = SaDetails.ENCAPSULATION_PORT;
        }
        SecurityAssociation sa = vector.sa();
        Matcher limit = LIMIT.matcher(command);
        if (limit.find()) {
            int number = Integer.parseInt(limit.group(2));
            boolean packets = limit.group(1).equals("packet");
            sa.limits(
                    new Lifetime(
                            ExtensionType.LIFETIME_HARD,
                            packets ? number : 0,
                            packets ? 0 : number,
                            0,
                            0),
                    null,
                    null);
        }
        return sa;
    }

    private static void policy(Gateway gateway, Matcher command) {
        Selector selector =
                Policies.between(
                        VectorSa.address(command.group(1)),
                        Integer.parseInt(command.group(2)),
                        VectorSa.address(command.group(3)),
                        Integer.parseInt(command.group(4)));
        Matcher template = TEMPLATE.matcher(command.group(5));
        if (!template.matches()) {
            assertEquals(" action block", command.group(5));
            gateway.policy(PolicyDirection.IN, selector, Action.DISCARD);
            return;
        }
        boolean tunnel = template.group(4).equals("tunnel");
        gateway.policy(
                PolicyDirection.IN,
                selector,
                new Template(
                        SaType.ESP,
                        tunnel ? 2 : 1,
                        template.group(5) == null ? Template.Level.REQUIRE : Template.Level.USE,
                        Integer.parseInt(template.group(3)),
                        tunnel ? VectorSa.address(template.group(1)) : null,
                        tunnel ? VectorSa.address(template.group(2)) : null));
    }

    private static void step(String number, JsonObject step, Gateway gateway) {
        String name = number + " " + VectorSa.text(step, "what");
        Fate fate = gateway.receive(VectorSa.bytes(step, "packet"));
        JsonObject counters = step.getAsJsonObject("counters");
        @Nullable String counter =
                counters.size() == 0 ? null : counters.keySet().iterator().next();
        if (step.get("accepted").getAsBoolean()) {
            assertTrue(fate == Fate.DELIVERED || fate == Fate.PASSED, name + ": " + fate);
            String hex = HexFormat.of().formatHex(gateway.bytes());
            assertTrue(hex.endsWith(VectorSa.text(step, "payload")), name + ": " + hex);
        } else if (name.contains("IPv6 packet inside the IPv4 tunnel")) {
            // netlink bound that SA to IPv4; by PF_KEY it has no such selector, and a policy fails
            assertEquals(Fate.POLICY_MISMATCH, fate, name);
        } else if (counter != null) {
            assertEquals(counter, XfrmStat.counter(fate), name + ": " + fate);
        } else {
            // IPsec had no objection; the kernel dropped it behind, where nobody took it
            assertTrue(fate == Fate.DELIVERED || fate == Fate.INNER_PACKET, name + ": " + fate);
        }
    }
}
