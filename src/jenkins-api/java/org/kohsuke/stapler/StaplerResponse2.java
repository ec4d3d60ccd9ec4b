package org.kohsuke.stapler;

import java.io.IOException;
import java.io.PrintWriter;

/** What an answer is written to. */
public interface StaplerResponse2 {

    void setContentType(String type);

    PrintWriter getWriter() throws IOException;
}
