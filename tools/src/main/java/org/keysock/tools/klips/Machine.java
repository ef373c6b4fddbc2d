package org.keysock.tools.klips;

import java.io.InputStream;
import org.keysock.pfkey.text.KlipsAddressText;

/** What a tool of KLIPS asks of the system it runs on. */
interface Machine {

    /** Opens a PF_KEY socket. */
    KeySocket open() throws CallFailed;

    /** Opens a file of {@code /proc/net} by its name, such as {@code ipsec_spi}. */
    InputStream table(String name) throws CallFailed;

    /** The number of this process. */
    int processId();

    /** Whether the user is root. */
    boolean root();

    /** How names of hosts become addresses. */
    KlipsAddressText.NameLookup names();
}
