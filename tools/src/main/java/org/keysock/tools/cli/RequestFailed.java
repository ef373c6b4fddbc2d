package org.keysock.tools.cli;

/** What was asked for could not be done; the message tells a person why. */
final class RequestFailed extends Exception {

    private static final long serialVersionUID = 1;

    RequestFailed(String why) {
        super(why);
    }
}
