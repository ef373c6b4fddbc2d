package org.keysock.kernel.server;

/**
 * The process that made a connection.
 *
 * @param pid its process id when it connected
 * @param uid its user
 */
record PeerCredentials(int pid, int uid) {

    private static final int ROOT = 0;

    /** Whether it may talk to a server of that user: the same user, or root. */
    boolean mayTalkTo(int serverUid) {
        return uid == serverUid || uid == ROOT;
    }
}
