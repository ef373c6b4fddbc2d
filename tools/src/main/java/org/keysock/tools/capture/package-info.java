/**
 * Capture files, pcap and pcapng: packets are read and written one by one, so that a file of any
 * length needs the memory of one packet. No emulator is known here. Read {@link
 * org.keysock.tools.capture.CaptureReader} first.
 */
@NullMarked
package org.keysock.tools.capture;

import org.jspecify.annotations.NullMarked;
