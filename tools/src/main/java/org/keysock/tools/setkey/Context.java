package org.keysock.tools.setkey;

import org.keysock.tools.cli.HostNames;

/**
 * What a command may need to know while it is read.
 *
 * @param hosts names of hosts
 * @param offers the algorithms that the kernel offers
 * @param kame whether inbound policies have no forward copy: {@code -k}
 * @param pid the process, which all messages name
 */
record Context(HostNames hosts, Offers offers, boolean kame, int pid) {}
