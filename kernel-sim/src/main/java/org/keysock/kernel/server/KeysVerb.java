package org.keysock.kernel.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.HexFormat;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.Sadb;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.KeyMaterial;
import org.keysock.pfkey.model.SaState;
import org.keysock.pfkey.model.SaType;

/**
 * {@code keys}: what a program needs to read the packets of the SAs. The one verb that tells keys.
 */
final class KeysVerb implements ControlVerb {

    private final KernelLoop loop;

    KeysVerb(KernelLoop loop) {
        this.loop = loop;
    }

    @Override
    public void serve(ControlRequest request, JsonObject answer) {
        JsonArray sas = new JsonArray();
        try (Sadb.Walk walk = loop.engine().sadb().walk(SaType.UNSPEC, Sadb.Order.INSERTION)) {
            for (SecurityAssociation sa = walk.next(); sa != null; sa = walk.next()) {
                if (sa.state() != SaState.LARVAL) {
                    sas.add(show(sa));
                }
            }
        }
        answer.add("sas", sas);
    }

    private static JsonObject show(SecurityAssociation sa) {
        SaSecrets secrets = sa.secrets();
        JsonObject shown = new JsonObject();
        shown.addProperty("type", StatusVerb.name(sa.protocol()));
        shown.addProperty("spi", sa.spi().toString());
        shown.addProperty("src", sa.source().toString());
        shown.addProperty("dst", sa.destination().toString());
        shown.addProperty("encryption", secrets.encrypt().toString());
        shown.addProperty("encryptionKey", hex(secrets.encryptKey()));
        shown.addProperty("authentication", secrets.auth().toString());
        shown.addProperty("authenticationKey", hex(secrets.authKey()));
        shown.addProperty("icvBits", secrets.icvBits());
        return shown;
    }

    private static String hex(KeyMaterial key) {
        return HexFormat.of().formatHex(key.revealed());
    }
}
